import type { BrowserWindow } from 'electron';
import { channelOf } from '../../shared/bridge.ts';
import { EVENTS } from '../../shared/contract.ts';
import type { Announce } from './context.ts';
import type { Report } from './report.ts';

/** Sends events of the contract to the window. One that breaks its schema is reported and not sent. */
export function createAnnouncer(window: () => BrowserWindow | null, report: Report): Announce {
  return (event, payload) => {
    const target = window();
    if (target === null || target.isDestroyed()) return;
    const checked = EVENTS[event].safeParse(payload);
    if (checked.success) target.webContents.send(channelOf(event), checked.data);
    else report(`The event ${event} does not fit its schema and was not sent.`, checked.error);
  };
}

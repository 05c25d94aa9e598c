import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inject, onTestFinished } from 'vitest';
import { startSimulator } from '../../../src/main/core/simulator/server.ts';
import type { ServiceContext, TrayView } from '../../../src/main/shell/context.ts';
import { answer } from '../../../src/main/shell/ipc.ts';
import { createServices } from '../../../src/main/shell/services/create-services.ts';
import { systemClock } from '../../../src/main/system-ports.ts';
import type { EventName, Input, MethodName, Output } from '../../../src/shared/contract.ts';
import { type Result, unwrap } from '../../../src/shared/errors.ts';
import { CHEAP_KDF, temporaryFolder } from '../../support/ports.ts';

export const PASSPHRASE = 'correct horse battery staple';

/** The services behind the window over real threads, archives and a real server; every answer through its schema. */
export function setUpServices() {
  const home = temporaryFolder();
  mkdirSync(join(home, 'Documents'));
  const events: { readonly name: EventName; readonly payload: unknown }[] = [];
  const answers: (readonly string[] | null)[] = [];
  const reports: string[] = [];
  const shown: TrayView[] = [];
  const desktop = { proxy: 'DIRECT' };
  const context: ServiceContext = {
    userData: join(home, 'data'),
    documents: join(home, 'Documents'),
    resourcesDir: join(process.cwd(), 'resources'),
    mainDir: inject('mainDir'),
    info: { version: '0', runtime: 'test', platform: 'linux' },
    announce: (name, payload) => void events.push({ name, payload }),
    dialogs: {
      chooseFiles: async () => answers.shift() ?? null,
      chooseFolder: async () => answers.shift()?.[0] ?? null,
      saveFile: async () => answers.shift()?.[0] ?? null,
    },
    safeShell: { openExternal: async () => ({ ok: true, value: null }), reveal: () => undefined },
    notifications: { supported: () => false, show: () => undefined },
    proxyFor: async () => desktop.proxy,
    showInTray: (view) => void shown.push(view),
    keychain: async () => null,
    kdfCost: CHEAP_KDF,
    windowControl: () => undefined,
    touched: () => undefined,
    setScheme: () => undefined,
  };
  mkdirSync(context.userData);
  const services = createServices(context);
  onTestFinished(() => services.dispose());
  const call = async <M extends MethodName>(name: M, input: Input<M>): Promise<Result<Output<M>>> => {
    const handler = services.handlers[name] as (input: unknown) => Promise<Result<unknown>>;
    return (await answer(name, handler, input, (text) => void reports.push(text))) as Result<Output<M>>;
  };
  const create = async (name: string) =>
    unwrap(await call('archive.create', { name, passphrase: PASSPHRASE, choosePlace: false })).archive;
  const withEntries = async (entries: readonly object[]) => {
    await create('Alfama');
    const file = join(home, 'entries.ndjson');
    writeFileSync(file, entries.map((entry) => JSON.stringify(entry)).join('\n'));
    answers.push([file]);
    const chosen = unwrap(await call('import.choose', { kind: 'files' }));
    return unwrap(await call('import.run', { id: chosen?.id ?? '' }));
  };
  return { withEntries, home, context, services, events, answers, reports, shown, desktop, call, create };
}

/** A local Jetty server with a made-up organisation; closed when the test is over. */
export async function jetty(faults: readonly string[] = []) {
  const options = { port: 0, entries: 400, days: 20, seed: 7, now: systemClock.now(), faults };
  const server = unwrap(await startSimulator(options as Parameters<typeof startSimulator>[0]));
  onTestFinished(() => server.close());
  return server;
}

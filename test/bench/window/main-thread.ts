import type { Page } from 'playwright-core';

/** What the page's main thread did for a frame, milliseconds of processor time: waiting for a processor is not in it. */
export type FrameWork = {
  readonly total: number;
  readonly script: number;
  readonly style: number;
  readonly layout: number;
  /** Up to handing over to the compositor; the raster is other threads' work. */
  readonly paint: number;
  /** Collecting garbage. */
  readonly collect: number;
  /**
   * Taking in what comes over DevTools, which carries answers where there is no Electron: its parsing, not what the page makes of it. Not in
   * the total.
   */
  readonly carried: number;
};

type Event = {
  readonly name: string;
  readonly ph: string;
  readonly ts: number;
  readonly dur?: number;
  readonly tdur?: number;
  readonly pid: number;
  readonly tid: number;
  readonly args?: {
    readonly chrome_mojo_event_info?: { readonly mojo_interface_tag?: string };
  };
};

const PARTS: Readonly<Record<string, Exclude<keyof FrameWork, 'total' | 'carried'>>> = {
  FunctionCall: 'script',
  EvaluateScript: 'script',
  EventDispatch: 'script',
  FireAnimationFrame: 'script',
  TimerFire: 'script',
  UpdateLayoutTree: 'style',
  Layout: 'layout',
  PrePaint: 'paint',
  Paint: 'paint',
  Layerize: 'paint',
  Commit: 'paint',
  MinorGC: 'collect',
  MajorGC: 'collect',
};
const TASK = 'ThreadControllerImpl::RunTask';
const FRAME = 'FireAnimationFrame';
const DEVTOOLS = 'blink.mojom.DevToolsSession';
const NOTHING: FrameWork = { total: 0, script: 0, style: 0, layout: 0, paint: 0, collect: 0, carried: 0 };
const CATEGORIES = ['toplevel', 'devtools.timeline', 'blink.user_timing'];
const MARK = 'main thread';

/** The work of every frame while something is done in the page, as Chromium itself traces it. */
export async function workWhile<T>(page: Page, act: () => Promise<T>): Promise<{ value: T; frames: FrameWork[] }> {
  const session = await page.context().newCDPSession(page);
  const events: Event[] = [];
  session.on('Tracing.dataCollected', ({ value }) => void events.push(...(value as unknown as Event[])));
  const complete = new Promise<void>((resolve) => session.once('Tracing.tracingComplete', () => resolve()));
  await session.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { includedCategories: CATEGORIES, excludedCategories: ['*'] },
  });
  await page.evaluate((name) => performance.mark(name), MARK);
  const value = await act();
  await session.send('Tracing.end');
  await complete;
  await session.detach();
  return { value, frames: framesOf(events) };
}

function framesOf(events: readonly Event[]): FrameWork[] {
  const mark = events.find((event) => event.name === MARK);
  if (mark === undefined) throw new Error('the trace does not have the page');
  const own = events
    .filter(({ ph, dur, pid, tid }) => ph === 'X' && dur !== undefined && pid === mark.pid && tid === mark.tid)
    .sort((a, b) => a.ts - b.ts || (b.dur ?? 0) - (a.dur ?? 0));
  const frames: FrameWork[] = [];
  let now = { ...NOTHING };
  let begun = false;
  const open: { readonly event: Event; inside: number }[] = [];
  const close = (): void => {
    const { event, inside } = open.pop() as (typeof open)[number];
    const took = event.tdur ?? event.dur ?? 0;
    const part = PARTS[event.name];
    if (part) now[part] += (took - inside) / 1000;
    if (event.args?.chrome_mojo_event_info?.mojo_interface_tag === DEVTOOLS) {
      now.carried += (took - inside) / 1000;
      now.total -= (took - inside) / 1000;
    }
    const outer = open.at(-1);
    if (outer) outer.inside += took;
    if (event.name === FRAME) begun = true;
    if (event.name !== TASK || open.some((one) => one.event.name === TASK)) return;
    now.total += took / 1000;
    // The task in which the frame is made is the last of it.
    if (begun) {
      frames.push(now);
      now = { ...NOTHING };
      begun = false;
    }
  };
  for (const event of own) {
    for (let last = open.at(-1); last && last.event.ts + (last.event.dur ?? 0) <= event.ts; last = open.at(-1)) close();
    open.push({ event, inside: 0 });
  }
  while (open.length > 0) close();
  return frames.slice(1);
}

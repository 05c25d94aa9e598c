import { once } from 'node:events';
import { PLANS } from '../../../shared/coverage.ts';
import { fail, ok, type Result } from '../../../shared/errors.ts';
import { startSimulator } from '../../core/simulator/server.ts';
import type { Answer } from '../answer.ts';
import { type CommonOptions, clockOf } from '../common-options.ts';
import type { Terminal } from '../terminal.ts';

export type SimulateOptions = CommonOptions & {
  readonly port: string;
  readonly entries: string;
  readonly days: string;
  readonly seed: string;
  readonly plan: string;
  readonly incident?: readonly string[];
  readonly fault?: readonly string[];
};

/** `logbook simulate`: the first line tells address and token; then it serves until it is stopped. */
export async function simulate(options: SimulateOptions, terminal: Terminal): Promise<Result<Answer>> {
  const numbers: Record<string, number> = {};
  for (const name of ['port', 'entries', 'days', 'seed'] as const) {
    if (!/^\d{1,9}$/.test(options[name]))
      return fail('bad_input', `--${name} “${options[name]}” is not a whole number.`, 'Write it as digits.');
    numbers[name] = Number(options[name]);
  }
  const { port = 0, entries = 0, days = 0, seed = 0 } = numbers;
  if (!Object.hasOwn(PLANS, options.plan))
    return fail('bad_input', `--plan “${options.plan}” is not a plan.`, `Plans: ${Object.keys(PLANS).join(', ')}.`);
  const clock = clockOf(options, 'moving');
  if (!clock.ok) return clock;
  const started = await startSimulator({
    port,
    entries,
    days,
    seed,
    now: clock.value.now(),
    clock: clock.value,
    retentionDays: PLANS[options.plan as keyof typeof PLANS],
    ...(options.incident ? { incidents: options.incident.filter((name) => name !== 'none') } : {}),
    ...(options.fault ? { faults: options.fault } : {}),
  });
  if (!started.ok) return started;
  const { url, token } = started.value;
  terminal.out(`${JSON.stringify({ url, token })}\n`);
  if (!terminal.signal.aborted) await once(terminal.signal, 'abort');
  const requests = started.value.requests();
  await started.value.close();
  return ok({ json: { requests }, text: `Stopped after ${requests} requests.` });
}

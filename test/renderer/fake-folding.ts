import type { Input, Output } from '../../src/shared/contract.ts';
import type { EntryLine, EntryRow } from '../../src/shared/entry.ts';
import type { Result } from '../../src/shared/errors.ts';
import type { FakeOptions } from './fake-bridge.ts';

/**
 * What the main process answers about lists that fold repeats, on top of the fake bridge's rows. Put into a page as text, so
 * it reaches for nothing outside itself.
 */
export function installFakeFolding(_options: FakeOptions): void {
  type Bridge = Record<string, (input: unknown) => Promise<Result<unknown>>>;
  const page = window as unknown as { logbook: Bridge; fake: { calls: { name: string; input: unknown }[] } };
  const ask = async <T>(name: string, input: unknown): Promise<T> => {
    const answer = await page.logbook[name]?.(input);
    if (!answer?.ok) throw new Error(`${name} did not answer`);
    return answer.value as T;
  };
  type Asked = Pick<Input<'entries.lines'>, 'filter' | 'zone'>;
  type Folded = { readonly lines: readonly EntryLine[]; readonly days: Output<'entries.foldedListing'>['days'] };
  let last: { readonly key: string; readonly folded: Folded } | null = null;

  async function folded({ filter, zone }: Asked): Promise<Folded> {
    const listing = await ask<Output<'entries.listing'>>('entriesListing', { filter, zone, limit: 1 });
    const key = JSON.stringify([filter, zone, listing.version]);
    if (last?.key === key) return last.folded;
    const { rows } = await ask<Output<'entries.rows'>>('entriesRows', { filter, zone, offset: 0, limit: 1_000_000 });
    const format = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short' });
    const said = (row: EntryRow): string =>
      [
        format.format(row.ts),
        new Date(row.ts).toISOString().slice(0, 10),
        row.action,
        row.address ?? row.actor?.id,
      ].join();
    const runs: EntryRow[][] = [];
    for (const row of rows) {
      const run = runs.at(-1);
      if (run?.[0] && said(run[0]) === said(row)) run.push(row);
      else runs.push([row]);
    }
    const different = (run: EntryRow[], of: (row: EntryRow) => unknown): number =>
      new Set(run.map((row) => JSON.stringify(of(row)))).size;
    const lines: EntryLine[] = [];
    const linesOn = new Map<string, number>();
    let position = 0;
    for (const run of runs.flatMap((one) => (one.length < 3 ? one.map((row) => [row]) : [one]))) {
      const [row, oldest] = [run[0], run.at(-1)];
      if (!row || !oldest) continue;
      lines.push({
        row,
        index: lines.length,
        position,
        run:
          run.length === 1
            ? null
            : {
                keys: run.map((one) => one.key),
                since: oldest.ts,
                actors: different(run, (one) => one.actor?.id),
                targets: different(run, (one) => one.target?.id),
                teams: different(run, (one) => one.team?.id),
              },
      });
      const day = format.format(row.ts);
      linesOn.set(day, (linesOn.get(day) ?? 0) + 1);
      position += run.length;
    }
    const days = listing.days.map((day) => ({ ...day, lines: linesOn.get(format.format(day.start)) ?? 0 }));
    last = { key, folded: { lines, days } };
    return last.folded;
  }

  const methods: Record<string, (input: never) => Promise<unknown>> = {
    entriesFoldedListing: async ({ limit, ...asked }: Input<'entries.foldedListing'>) => {
      const { lines, days } = await folded(asked);
      return { days, lines: lines.slice(0, limit), version: 1 };
    },
    entriesLines: async ({ offset, limit, ...asked }: Input<'entries.lines'>): Promise<Output<'entries.lines'>> => ({
      lines: (await folded(asked)).lines.slice(offset, offset + limit),
    }),
    entriesLinesOf: async ({ keys, ...asked }: Input<'entries.linesOf'>): Promise<Output<'entries.linesOf'>> => {
      const { lines } = await folded(asked);
      const lineWith = (key: number) => lines.find(({ row, run }) => run?.keys.includes(key) ?? row.key === key);
      return { lines: keys.map((key) => lineWith(key) ?? null) };
    },
  };
  for (const [name, method] of Object.entries(methods)) {
    page.logbook[name] = async (input: unknown): Promise<Result<unknown>> => {
      page.fake.calls.push({ name, input: structuredClone(input) });
      return { ok: true, value: structuredClone(await method(input as never)) };
    };
  }
}

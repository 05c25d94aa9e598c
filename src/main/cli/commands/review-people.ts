import { fail, ok, type Result } from '../../../shared/errors.ts';
import { CADENCES } from '../../../shared/review.ts';
import { RFC9106_COST } from '../../core/archive/key-wrap.ts';
import { identityLine, pinLine } from '../../core/review/identity-acts.ts';
import { systemRandom } from '../../system-ports.ts';
import { type Answer, printable } from '../answer.ts';
import type { CommonOptions } from '../common-options.ts';
import { type FilterOptions, filterFrom } from '../filter-options.ts';
import { jsonForm } from '../json-form.ts';
import { writingReviews } from '../review-session.ts';
import { readNewPin, readPin } from '../secrets.ts';
import type { Terminal } from '../terminal.ts';
import { listIdentities, wholeNumber } from './review-read.ts';

export type IdentityOptions = CommonOptions & {
  readonly create?: boolean;
  readonly name?: string;
  readonly email?: string;
  readonly pinFile?: string;
  readonly newPinFile?: string;
  readonly changePin?: string;
  readonly retire?: string;
  readonly reason?: string;
  readonly by?: string;
};
export type PlanOptions = CommonOptions &
  FilterOptions & {
    readonly by: string;
    readonly name?: string;
    readonly cadence?: string;
    readonly dueDays?: string;
    readonly owner?: string;
    readonly off?: boolean;
    readonly on?: boolean;
  };

/** `logbook review identity`: lists, creates, retires, or gives another PIN. */
export function identity(options: IdentityOptions, terminal: Terminal): Promise<Result<Answer>> {
  const { create, changePin, retire, name = '', email = '', reason = '' } = options;
  if (!create && changePin === undefined && retire === undefined) return listIdentities(options, terminal);
  const keyed = { random: systemRandom, cost: terminal.kdfCost ?? RFC9106_COST };
  return writingReviews(options, terminal, async ({ writer, book, now, append, act, identity: idOf }) => {
    const acting = { reader: writer, book, now };
    if (retire !== undefined) {
      const who = idOf(retire);
      const by = idOf(options.by ?? retire);
      if (!who.ok || !by.ok) return who.ok ? (by as Extract<typeof by, { ok: false }>) : who;
      const done = act({ kind: 'retire', id: who.value, by: by.value, reason });
      return done.ok ? ok({ json: { retired: who.value }, text: `${who.value} is retired.` }) : done;
    }
    if (changePin !== undefined) {
      const who = idOf(changePin);
      if (!who.ok) return who;
      const pin = await readPin(options, terminal);
      if (!pin.ok) return pin;
      const next = await readNewPin(options, terminal);
      if (!next.ok) return next;
      const done = append(await pinLine(acting, { id: who.value, pin: pin.value, next: next.value }, keyed), null);
      return done.ok ? ok({ json: { changed: who.value }, text: `${who.value} has another PIN.` }) : done;
    }
    const pin = await readPin(options, terminal, true);
    if (!pin.ok) return pin;
    const line = await identityLine(acting, { name, email, pin: pin.value }, keyed);
    const done = append(line, null);
    if (!line.ok || !done.ok) return line.ok ? (done as Extract<typeof done, { ok: false }>) : line;
    const made = book.identities.get(line.value.line.subject);
    if (made === undefined) return fail('unexpected', 'The identity was not kept.', 'Try again.');
    const { key: _key, ...shown } = made;
    return ok({ json: jsonForm(shown), text: `${shown.id}: ${printable(shown.name)}, key ${shown.fingerprint}` });
  });
}

/** `logbook review plan ID`: makes or changes a recurring review. */
export function plan(id: string, query: string, options: PlanOptions, terminal: Terminal): Promise<Result<Answer>> {
  return writingReviews(options, terminal, ({ reviews, now, zone, act }) => {
    const known = reviews.list(now, zone).plans.find((one) => one.id === id);
    if (known === undefined && id !== 'new')
      return fail('not_found', `There is no plan ${id}.`, 'logbook review list shows them; “new” makes one.');
    const cadence = CADENCES.find((one) => one === (options.cadence ?? known?.cadence));
    if (cadence === undefined)
      return fail('bad_input', 'A plan has a cadence.', `Add --cadence ${CADENCES.join('|')}.`);
    const dueDays = wholeNumber('due-days', options.dueDays ?? String(known?.dueDays ?? 7));
    if (!dueDays.ok) return dueDays;
    const filter = filterFrom(query, options);
    if (!filter.ok) return filter;
    const isAsked = filter.value.terms.length > 0 || filter.value.from !== undefined || filter.value.to !== undefined;
    const done = act({
      kind: 'plan',
      id: known?.id ?? null,
      by: options.by,
      plan: {
        name: options.name ?? known?.name ?? '',
        kind: known?.kind ?? 'events',
        filter: (isAsked ? filter.value : (known?.filter ?? { terms: [] })) as never,
        cadence,
        dueDays: dueDays.value,
        owner: options.owner ?? known?.owner ?? null,
        framework: known?.framework ?? null,
        enabled: options.off ? false : options.on ? true : (known?.enabled ?? true),
      },
    });
    if (!done.ok) return done;
    const saved = reviews.list(now, zone).plans.find((one) => one.id === done.value.plan);
    return ok({
      json: jsonForm(saved),
      text: `${done.value.plan}: ${printable(saved?.name ?? '')}, every ${cadence}.`,
    });
  });
}

import type { ArchiveWriter } from '../../../../src/main/core/archive/writer.ts';
import { act, appendMade, type ReviewAct } from '../../../../src/main/core/review/acts.ts';
import { beginReview } from '../../../../src/main/core/review/begin.ts';
import { sampleLine } from '../../../../src/main/core/review/decide.ts';
import { freezeAddendum, freezeCampaign } from '../../../../src/main/core/review/freeze.ts';
import { identityLine } from '../../../../src/main/core/review/identity-acts.ts';
import { type Reviews, readReviews } from '../../../../src/main/core/review/read-reviews.ts';
import { ReviewBook } from '../../../../src/main/core/review/review-book.ts';
import { signatureLine } from '../../../../src/main/core/review/sign.ts';
import { type Result, unwrap } from '../../../../src/shared/errors.ts';
import type { SignRole } from '../../../../src/shared/review.ts';
import type { Campaign } from '../../../../src/shared/review-contract.ts';
import { batchOf, newArchive } from '../../../support/archive.ts';
import { CHEAP_KDF, realRandom } from '../../../support/ports.ts';

export const NOW = Date.parse('2026-10-15T12:00:00Z');
export const PIN = 'four words of wool';
export const MARTA = { name: 'Marta Quintela', email: 'marta@example.com' };
export const DANIEL = { name: 'Daniel Osei', email: 'daniel@example.com' };

export const login = (id: string, timestamp: string, action = 'user.login', rest = {}) => ({
  id,
  timestamp,
  action,
  actor: { id: 'u_1', name: 'Ines', email: 'ines@example.com' },
  context: { ip_address: '192.0.2.1', team_id: 't_core', team_name: 'Core' },
  ...rest,
});

export const CAMPAIGN: Campaign = {
  title: 'Third quarter',
  kind: 'events',
  filter: { terms: [] },
  zone: 'UTC',
  period: { from: '2026-07-01', to: '2026-09-30' },
  framework: 'soc2',
  plan: 'everything',
  owner: null,
  dueAt: null,
};

/** A real archive with two people who review, and what they do in it. */
export type Reviewing = {
  readonly dir: string;
  readonly key: Uint8Array;
  readonly writer: ArchiveWriter;
  readonly book: ReviewBook;
  readonly reviews: Reviews;
  readonly marta: string;
  readonly daniel: string;
  ingest(values: readonly unknown[]): void;
  start(campaign?: Partial<Campaign>): string;
  addendum(id: string): Result<string>;
  act(what: ReviewAct): ReturnType<typeof act>;
  sample(id: string, size: number, seed: string, reason?: string): Result<number>;
  sign(id: string, role: SignRole, identity: string, pin?: string): Promise<Result<number>>;
  decideAll(id: string): void;
};

export async function newReviewing(): Promise<Reviewing> {
  const { dir, key, writer } = await newArchive();
  const book = new ReviewBook();
  const acting = (now = NOW) => ({ reader: writer, book: book.refresh(writer), now });
  const identity = async (person: { name: string; email: string }): Promise<string> => {
    const keyed = { random: realRandom, cost: CHEAP_KDF };
    const line = unwrap(await identityLine(acting(), { ...person, pin: PIN }, keyed));
    unwrap(appendMade(writer, book, line, null));
    return line.line.subject;
  };
  const marta = await identity(MARTA);
  const daniel = await identity(DANIEL);
  const made = (line: Result<Parameters<typeof appendMade>[2]>, id: string): Result<number> => {
    if (!line.ok) return line;
    return appendMade(writer, book, line.value, { review: id, seq: book.reviews.get(id)?.seq ?? 0 });
  };
  const doing = (what: ReviewAct) => act(writer, book, what, NOW);
  return {
    ...{ dir, key, writer, book, marta, daniel },
    reviews: readReviews(writer),
    ingest: (values) => void unwrap(writer.ingest(batchOf(values))),
    start: (campaign = {}) => {
      const frozen = unwrap(freezeCampaign(writer, { ...CAMPAIGN, ...campaign }, NOW));
      return unwrap(beginReview(writer, book, frozen, marta, NOW));
    },
    addendum(id) {
      const frozen = freezeAddendum(writer, book.refresh(writer), book.reviews.get(id)!, NOW);
      return frozen.ok ? beginReview(writer, book, frozen.value, marta, NOW) : frozen;
    },
    act: doing,
    sample: (id, size, seed, reason = '') => made(sampleLine(acting(), id, { by: marta, size, seed, reason }), id),
    sign: async (id, role, one, pin = PIN) => made(await signatureLine(acting(), { id, role, identity: one, pin }), id),
    decideAll(id) {
      const { kind } = book.reviews.get(id)!.started;
      const verdict = kind === 'events' ? 'appropriate' : 'keep';
      const said = { verdict, rationale: '', evidence: '', ticket: '' } as const;
      unwrap(doing({ kind: 'decide', id, by: marta, chosen: { kind: 'open' }, ...said }));
      unwrap(doing({ kind: 'gaps', id, by: marta, reason: 'Imported from files' }));
    },
  };
}

import type { CaseClock, CaseEvent, RemedyCheck } from '../../../shared/case-schema.ts';

/** A form about the case as a whole that is asked for. */
export type CaseWish = 'edit' | 'status' | 'close' | 'manual' | 'seed' | 'clock';

/** What is open above a case. */
export type CaseAsked =
  | CaseWish
  | { readonly bundle: { readonly by: string; readonly total: number } }
  | { readonly remedy: RemedyCheck }
  | { readonly clock: CaseClock }
  | { readonly classify: readonly CaseEvent[] }
  | { readonly look: readonly CaseEvent[] };

import { describeAction, knownActions } from '../../../shared/action.ts';
import { exactly } from '../../../shared/filter/exactly.ts';
import type { Filter } from '../../../shared/filter/filter.ts';
import { printQuery } from '../../../shared/filter/print.ts';
import type { ReviewPlan } from '../../../shared/review-schema.ts';
import type { KeptPlan, ReviewBook } from './review-book.ts';

/** A plan, and since when it is followed (milliseconds UTC): what lies before makes nothing due. */
export type FollowedPlan = { readonly plan: ReviewPlan; readonly since: number };

const PERMISSIONS = ['role_changed', 'ownership_transferred', 'member_invited', 'member_added', 'member_removed'];
const TOKENS = ['token_created', 'token_revoked', 'token_scope_changed'];

/** The cadence that Jetty recommends. */
const RECOMMENDED: readonly Omit<KeptPlan, 'since'>[] = [
  recommended('failed-logins', 'Failed logins', 'day', 1, actionsOf(['login_failed', 'account_locked'])),
  recommended('permission-changes', 'Permission changes', 'week', 3, actionsOf(PERMISSIONS)),
  recommended('token-activity', 'Token activity', 'month', 7, actionsOf(TOKENS)),
  recommended('everything', 'Everything', 'quarter', 21, { terms: [] }),
  { ...recommended('access', 'Access', 'quarter', 21, { terms: [] }), kind: 'access' },
];

/** All plans: the recommended ones as they were changed, then one's own. `created` is when the archive was made. */
export function plansOf(book: ReviewBook, created: number): readonly FollowedPlan[] {
  const known = new Set(RECOMMENDED.map(({ id }) => id));
  const own = [...book.plans.values()].filter(({ id }) => !known.has(id));
  return [
    ...RECOMMENDED.map((plan) => followed({ ...(book.plans.get(plan.id) ?? plan), since: created }, true)),
    ...own.map((plan) => followed(plan, false)),
  ];
}

function followed({ since, ...plan }: KeptPlan, isRecommended: boolean): FollowedPlan {
  return { plan: { ...plan, text: printQuery(plan.filter as Filter), recommended: isRecommended }, since };
}

function recommended(
  id: string,
  name: string,
  cadence: ReviewPlan['cadence'],
  dueDays: number,
  filter: Filter,
): Omit<KeptPlan, 'since'> {
  return { id, name, kind: 'events', filter, cadence, dueDays, owner: null, framework: null, enabled: true };
}

function actionsOf(meanings: readonly string[]): Filter {
  const actions = knownActions().filter((action) => meanings.includes(describeAction(action).meaning ?? ''));
  return { terms: actions.map((action) => exactly('action', action)) };
}

import { PRIVILEGED_FAMILIES } from '../../../../shared/privileged.ts';
import type { Ground } from './ground.ts';
import type { Verdict } from './life.ts';
import type { Reason } from './question.ts';
import type { Sight } from './sight.ts';

// Where an account did wrong from its own place and with its own device, neither tells its work from the wrong. What is
// left is the session: all of it where signing in was a sign already, else only what is out of the ordinary in it.

const SESSION_GAP = 60 * 60_000;
const OPENED_FOR_IT = 15 * 60_000;
/** What an account did so often is its routine. */
const ROUTINE = 10;

/** Entries beside the anchors of an account that lie in its ordinary places; `entries` are the account's own, in order. */
export function besideAnchors(
  ground: Ground,
  entries: readonly Sight[],
  verdicts: readonly Verdict[],
  anchors: ReadonlySet<number>,
): readonly { readonly sight: Sight; readonly reason: Reason }[] {
  const found: { sight: Sight; reason: Reason }[] = [];
  const often = new Map<number, number>();
  for (const { action } of entries) often.set(action, (often.get(action) ?? 0) + 1);
  const meaningOf = (one: Sight) => ground.meanings[one.action] ?? null;
  const unusual = (one: Sight): boolean => {
    const meaning = meaningOf(one);
    if (meaning !== null && PRIVILEGED_FAMILIES[meaning] !== undefined) return true;
    return !isEveryday(meaning) && (often.get(one.action) ?? 0) < ROUTINE;
  };
  const same = (a: Sight, b: Sight): boolean => a.address === b.address && a.agent === b.agent;
  entries.forEach((anchor, at) => {
    if (!anchors.has(anchor.key) || (verdicts[at] !== 'own' && verdicts[at] !== 'nowhere')) return;
    if (meaningOf(anchor) === 'login_succeeded') {
      for (let i = at + 1, last = anchor.ts; i < entries.length; i++) {
        const one = entries[i]!;
        if (one.ts - last > SESSION_GAP || meaningOf(one) === 'login_succeeded') break;
        if (!same(one, anchor)) continue;
        found.push({ sight: one, reason: 'session' });
        last = one.ts;
        if (meaningOf(one) === 'logout') break;
      }
      return;
    }
    for (const step of [-1, 1] as const) {
      for (let i = at + step; i >= 0 && i < entries.length; i += step) {
        const one = entries[i]!;
        if (Math.abs(one.ts - anchor.ts) > SESSION_GAP) break;
        if (same(one, anchor) && unusual(one)) found.push({ sight: one, reason: 'beside' });
      }
    }
    const opened = entries[at - 1];
    if (opened !== undefined && same(opened, anchor) && anchor.ts - opened.ts <= OPENED_FOR_IT)
      if (meaningOf(opened) === 'login_succeeded') found.push({ sight: opened, reason: 'session' });
  });
  return found;
}

function isEveryday(meaning: string | null): boolean {
  return (
    meaning === 'login_succeeded' ||
    meaning === 'login_failed' ||
    meaning === 'logout' ||
    meaning === 'tunnel_started' ||
    meaning === 'tunnel_stopped' ||
    meaning === 'tunnel_created' ||
    meaning === 'tunnel_deleted'
  );
}

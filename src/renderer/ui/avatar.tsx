import { IconServer, IconUser } from '@tabler/icons-react';
import type { Actor } from '../../shared/entry.ts';
import s from './marks.module.css';

const TINTS = 5;

// The tint only tells people apart; any stable spread will do.
function tintOf(text: string): number {
  let sum = 0;
  for (let i = 0; i < text.length; i++) sum = (sum * 31 + text.charCodeAt(i)) % 9973;
  return sum % TINTS;
}

/** Up to two letters of a name in any script; empty where it has none. */
export function initialsOf(name: string): string {
  const words = name.match(/[\p{L}\p{N}][\p{L}\p{N}\p{M}]*/gu) ?? [];
  const first = words[0];
  // One character of a script that fills its square is as wide as two letters.
  const wide = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u.test(first ?? '');
  const last = words.length > 1 && !wide ? words[words.length - 1] : undefined;
  return [first, last]
    .filter((word) => word !== undefined)
    .map((word) => [...word][0]?.toUpperCase() ?? '')
    .join('');
}

/** The name people know an actor by; what the server left out is replaced by what it gave. */
export function actorName(actor: Actor | null): string {
  return actor?.name ?? actor?.email ?? actor?.id ?? 'System';
}

export function Avatar({ actor }: { actor: Actor | null }) {
  if (!actor || (!actor.name && !actor.email && !actor.id)) {
    return (
      <span className={s.avatar} data-tint={4} data-shape="square" aria-hidden>
        <IconServer size={12} stroke={1.6} />
      </span>
    );
  }
  const name = actorName(actor);
  return (
    <span className={s.avatar} data-tint={tintOf(actor.id ?? name)} aria-hidden>
      {initialsOf(name) || <IconUser size={12} stroke={1.6} />}
    </span>
  );
}

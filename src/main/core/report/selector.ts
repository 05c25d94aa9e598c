import type { ActionInfo } from '../../../shared/action.ts';
import type { FrameworkSelector } from './framework.ts';

/** Whether an action falls under a selector of a framework file. */
export function selects(selector: FrameworkSelector, action: string, info: ActionInfo): boolean {
  if (info.meaning !== null && selector.meanings.includes(info.meaning)) return true;
  if (selector.categories.includes(info.category)) return true;
  return selector.actions.some((pattern) => matchesPattern(pattern, action));
}

/** Whether a name matches a pattern in which `*` stands for anything. */
export function matchesPattern(pattern: string, name: string): boolean {
  if (!pattern.includes('*')) return pattern === name;
  const parts = pattern.split('*');
  const head = parts[0] ?? '';
  const tail = parts.at(-1) ?? '';
  if (!name.startsWith(head) || !name.endsWith(tail) || name.length < head.length + tail.length) return false;
  let at = head.length;
  for (const part of parts.slice(1, -1)) {
    const found = name.indexOf(part, at);
    if (found < 0 || found + part.length > name.length - tail.length) return false;
    at = found + part.length;
  }
  return true;
}

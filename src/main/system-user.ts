import { userInfo } from 'node:os';

/** Who the system says is there. A system without an entry for this user throws. */
export function systemUser(): string {
  try {
    return userInfo().username;
  } catch {
    return 'unknown';
  }
}

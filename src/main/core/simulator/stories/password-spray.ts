import { GUESSING_TOOL } from '../agents.ts';
import { SECOND } from '../calendar.ts';
import type { Draft } from '../draft.ts';
import { DOMAIN } from '../people.ts';
import { actorOf, contextOf } from '../world.ts';
import { dayNear, onSunday, type Story } from './story.ts';

const NETWORK = '45.155.205';
const MAILBOXES_THAT_ARE_NOT = ['admin', 'administrator', 'payroll'] as const;

/** One network tries a common password on nearly every account, once each, slowly enough to lock nobody out. */
export const passwordSpray: Story = {
  name: 'password-spray',
  title: 'A password spray: one network tries dozens of accounts and gets into none',
  daysNeeded: 1,
  tell: (ground) => {
    const { world, chance, chronicle } = ground;
    const day = dayNear(ground, 0.2, onSunday);
    let ts = world.calendar.startOf(day) + chance.int(3600, 9000) * SECOND;
    const employed = world.cast.people.filter((person) => chronicle.employed(person, ts));
    const targets = chance.shuffled([...employed.slice(0, 44), ...MAILBOXES_THAT_ARE_NOT]);
    const drafts = targets.map((target): Draft => {
      ts += chance.int(18, 55) * SECOND;
      const context = contextOf(`${NETWORK}.${chance.pick([14, 14, 14, 71])}`, GUESSING_TOOL, null);
      const action = 'user.login_failed';
      if (typeof target !== 'string') {
        const metadata = { method: 'password', reason: 'invalid_password' };
        return { ts, action, actor: actorOf(target), target: null, context, metadata };
      }
      const email = `${target}@${DOMAIN}`;
      const metadata = { email, method: 'password', reason: 'unknown_user' };
      return { ts, action, actor: null, target: { type: 'user', id: null, name: email }, context, metadata };
    });
    return { drafts };
  },
};

import { NO_SCHEDULE } from '../../../shared/schedule.ts';
import type { SeenAgain } from '../../core/investigation/watch.ts';
import type { ServiceContext } from '../context.ts';
import type { Session } from './open-session.ts';
import { scheduleFile } from './schedule-file.ts';

/**
 * Says in the window, and outside of it where this archive may notify, that something a case watches was seen again. The
 * demo organisation never notifies.
 */
export function tellSeen(
  context: Pick<ServiceContext, 'announce' | 'notifications' | 'userData'>,
  archive: Pick<Session, 'id' | 'demo'>,
  seen: readonly SeenAgain[],
): void {
  if (seen.length === 0) return;
  context.announce('cases.changed', {});
  const { notify } = scheduleFile(context.userData).read().archives[archive.id] ?? NO_SCHEDULE;
  if (archive.demo || !notify || !context.notifications.supported()) return;
  const [first] = seen;
  const others = seen.length === 1 ? '' : ` And ${seen.length - 1} more.`;
  const opened = first?.reopened ? ', which was opened again' : '';
  // No name of the log in it: a notification shows on a locked screen.
  context.notifications.show({
    title: 'Logbook',
    body: `Something that ${first?.id} watches was seen again${opened}.${others}`,
  });
}

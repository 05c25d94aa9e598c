import type { SeenAgain } from '../../core/investigation/watch.ts';
import type { ServiceContext } from '../context.ts';

/** Says in the window and outside of it that something a case watches was seen again. */
export function tellSeen(
  context: Pick<ServiceContext, 'announce' | 'notifications'>,
  seen: readonly SeenAgain[],
): void {
  if (seen.length === 0) return;
  context.announce('cases.changed', {});
  if (!context.notifications.supported()) return;
  const [first] = seen;
  const others = seen.length === 1 ? '' : ` And ${seen.length - 1} more.`;
  const opened = first?.reopened ? ', which was opened again' : '';
  // No name of the log in it: a notification shows on a locked screen.
  context.notifications.show({
    title: 'Logbook',
    body: `Something that ${first?.id} watches was seen again${opened}.${others}`,
  });
}

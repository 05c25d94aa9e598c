import { Notification } from 'electron';
import type { ServiceContext } from './context.ts';

/** The system's notifications, where it has any. A click on one runs `clicked`. */
export function createNotifications(clicked: () => void): ServiceContext['notifications'] {
  // Held until they are closed: one that is collected before loses its click.
  const shown = new Set<Notification>();
  return {
    supported: () => Notification.isSupported(),
    show({ title, body }) {
      if (!Notification.isSupported()) return;
      const notification = new Notification({ title, body });
      shown.add(notification);
      notification.on('click', () => {
        shown.delete(notification);
        clicked();
      });
      notification.on('close', () => shown.delete(notification));
      notification.show();
    },
  };
}

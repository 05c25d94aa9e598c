import type { TrayView } from '../context.ts';

/** What the tray tells, gravest first: a sync under way, one that failed, a day in danger, or that all is well. */
export type TrayState = {
  /** The archive that is open and can be synced; null where none is. */
  opened(archive: { readonly id: string; readonly canSync: boolean } | null): void;
  syncBegan(id: string): void;
  /** `failure` is a sentence, null where the sync ended well or was stopped by a person. */
  syncEnded(id: string, failure: string | null): void;
  /** In a sentence, why a day of the archive is in danger; null where none is. */
  danger(id: string, why: string | null): void;
};

const TITLE = 'Logbook';
// Windows cuts a tray's text off after this.
const LONGEST = 127;

export function createTrayState(show: (view: TrayView) => void, nameOf: (id: string) => string): TrayState {
  const failed = new Map<string, string>();
  const dangers = new Map<string, string>();
  let open: { readonly id: string; readonly canSync: boolean } | null = null;
  let syncing: string | null = null;
  let shown = '';

  const view = (): Omit<TrayView, 'canSync'> => {
    if (syncing !== null) return { mark: 'syncing', text: `${nameOf(syncing)} is syncing` };
    const [trouble, ...others] = [...failed.values(), ...dangers.values()];
    if (trouble === undefined) return { mark: 'calm', text: 'nothing is at risk' };
    return { mark: 'trouble', text: others.length === 0 ? trouble : `${trouble} (and ${others.length} more)` };
  };
  const tell = (): void => {
    const { mark, text } = view();
    const next: TrayView = {
      mark,
      text: shortened(`${TITLE}: ${text}`),
      canSync: open?.canSync === true && syncing === null,
    };
    const digest = JSON.stringify(next);
    if (digest === shown) return;
    shown = digest;
    show(next);
  };
  const put = (map: Map<string, string>, id: string, text: string | null): void => {
    if (text === null) map.delete(id);
    else map.set(id, text);
  };

  return {
    opened(archive) {
      open = archive;
      tell();
    },
    syncBegan(id) {
      syncing = id;
      tell();
    },
    syncEnded(id, failure) {
      if (syncing === id) syncing = null;
      put(failed, id, failure);
      tell();
    },
    danger(id, why) {
      put(dangers, id, why);
      tell();
    },
  };
}

function shortened(text: string): string {
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST - 1)}…`;
}

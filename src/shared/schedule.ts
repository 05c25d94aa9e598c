/** Hours between syncs of an open archive that a person can choose; 0 is never. */
export const SYNC_HOURS = [0, 1, 3, 6, 12, 24] as const;
export type SyncHours = (typeof SYNC_HOURS)[number];

/** When an archive is synced without being asked, and whether trouble is announced outside the window. */
export type Schedule = {
  readonly onOpen: boolean;
  readonly everyHours: SyncHours;
  /** After the machine slept, as soon as the archive is open. */
  readonly onWake: boolean;
  readonly notify: boolean;
};

/** What holds for an archive nobody has decided about. */
export const NO_SCHEDULE: Schedule = { onOpen: false, everyHours: 0, onWake: false, notify: true };

/** How rows of tables are set: 28 or 24 pixels each. */
export const DENSITIES = ['comfortable', 'compact'] as const;
export type Density = (typeof DENSITIES)[number];

export const SCHEMES = ['auto', 'light', 'dark'] as const;
export type Scheme = (typeof SCHEMES)[number];

/** Minutes without a key or pointer after which the archive is locked; 0 is never. */
export const LOCK_MINUTES = [0, 5, 15, 30, 60] as const;
export type LockMinutes = (typeof LOCK_MINUTES)[number];

/** How this person likes the window; nothing secret, and nothing of an archive. */
export type Preferences = {
  readonly scheme: Scheme;
  /** Zone that times are shown in: an IANA name, `machine` for this computer's own, null for the archive's. */
  readonly zone: string | null;
  readonly density: Density;
  readonly lockMinutes: LockMinutes;
  /** Columns of the Explorer's table with their widths (`time,actor:180,action`); null is the usual ones. */
  readonly columns: string | null;
};

/** The zone of this computer, whatever it is at the moment. */
export const MACHINE_ZONE = 'machine';

/** What holds until somebody chooses otherwise. */
export const DEFAULT_PREFERENCES: Preferences = {
  scheme: 'auto',
  zone: null,
  density: 'comfortable',
  lockMinutes: 15,
  columns: null,
};

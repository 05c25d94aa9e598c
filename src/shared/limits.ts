// Limits that the window checks before it asks. They lie apart from the contract, whose schemas the window must not load.

/** Characters of a tag, of a note, and of a saved view's name. */
export const LONGEST_TAG = 60;
export const LONGEST_NOTE = 2_000;
export const LONGEST_VIEW_NAME = 80;

/** Entries that can be picked one by one, or left out one by one. */
export const MOST_LISTED = 10_000;

/** Entries behind one line of a list that folds repeats. */
export const LONGEST_RUN = 1_000;

/** Bytes of a report's draft that the window is handed at once. */
export const LARGEST_PART = 1_048_576;

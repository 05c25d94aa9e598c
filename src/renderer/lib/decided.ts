/** In the keys of answers that a decision, a suppression or a change of rules makes old. */
export const DECIDED = ['decided'] as const;

/** In the keys of answers that a tag, a pin or a note makes old. */
export const MARKED = ['marked'] as const;

/** In the keys of answers that a saved view, or having looked, makes old. */
export const VIEWED = ['viewed'] as const;

/** In the keys of answers that a review, a plan, an exception or an identity makes old. */
export const REVIEWED = ['reviewed'] as const;

/** In the keys of answers that whatever is done in an investigation makes old. */
export const INVESTIGATED = ['investigated'] as const;

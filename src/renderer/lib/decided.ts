/** In the keys of answers that a decision, a suppression or a change of rules makes old. */
export const DECIDED = ['decided'] as const;

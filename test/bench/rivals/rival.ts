import type { Question } from '../question.ts';

/** An answer in the form in which the three are compared. */
export type Answer =
  | readonly string[]
  | number
  | { readonly total: number; readonly facets: readonly FacetAnswer[] }
  | readonly (readonly [dayMs: number, category: string, count: number])[]
  | { readonly bursts: number; readonly actors: number };

export type FacetAnswer = {
  readonly values: readonly (readonly [value: string | null, count: number])[];
  readonly others: number;
};

/** One of those that are measured beside each other. */
export type Rival = {
  readonly name: string;
  /** Answers a question as it would a program; this is what is timed. */
  ask(question: Question): unknown | Promise<unknown>;
  /** The same answer in the form in which answers are compared. */
  compared(question: Question, answer: unknown): Answer;
  close(): void;
};

const CITATION = /\[(E-\d{1,12}(?:\.\d{1,6})?)\]/g;

/** Ids of the events that a story cites, each once, in the order in which it does. */
export function citedIn(story: string): readonly string[] {
  return [...new Set(Array.from(story.matchAll(CITATION), ([, event = '']) => event))];
}

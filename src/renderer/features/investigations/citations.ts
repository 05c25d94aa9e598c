export type StoryPart = { readonly text: string; readonly cites: string | null };

const CITATION = /\[(E-\d{1,12}(?:\.\d{1,6})?)\]/g;

/** A story in pieces: plain text, and the events it cites between brackets. */
export function partsOf(story: string): readonly StoryPart[] {
  const parts: StoryPart[] = [];
  let at = 0;
  for (const match of story.matchAll(CITATION)) {
    if (match.index > at) parts.push({ text: story.slice(at, match.index), cites: null });
    parts.push({ text: match[0], cites: match[1] ?? null });
    at = match.index + match[0].length;
  }
  if (at < story.length) parts.push({ text: story.slice(at), cites: null });
  return parts;
}

/** The events a story cites, each once, in the order of the text. */
export function citedIn(story: string): readonly string[] {
  return [...new Set(partsOf(story).flatMap(({ cites }) => cites ?? []))];
}

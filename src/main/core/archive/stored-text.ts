// SQLite keeps text as UTF-8, which has no lone surrogates; JSON has. Such a string is kept as its own JSON form.
const ILL_FORMED = '\u0001json:';

/** Text as the database can keep it, without loss. */
export function toStored(text: string): string {
  return text.isWellFormed() && !text.startsWith(ILL_FORMED) ? text : ILL_FORMED + JSON.stringify(text);
}

export function fromStored(text: string): string {
  return text.startsWith(ILL_FORMED) ? (JSON.parse(text.slice(ILL_FORMED.length)) as string) : text;
}

/**
 * Text to be searched for substrings: each lone surrogate becomes a character of the private planes, in the text and in
 * what is looked for alike, so that no two different ones are taken for equal.
 */
export function toSearchable(text: string): string {
  if (text.isWellFormed()) return text;
  return text.replace(/\p{Surrogate}/gu, (lone) => String.fromCodePoint(0xf0000 + (lone.charCodeAt(0) - 0xd800)));
}

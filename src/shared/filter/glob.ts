/** Whether a value holds a `*` that stands for anything. */
export function hasWildcard(value: string): boolean {
  return /(?<!\\)\*/.test(value);
}

/** The plain text of a value without wildcards: `\*` is a star. */
export function unescapeStars(value: string): string {
  return value.replaceAll('\\*', '*');
}

/** Writes plain text so that a filter takes it literally. */
export function escapeStars(text: string): string {
  return text.replaceAll('*', '\\*');
}

/**
 * Compiles a value into a test of whole strings. Linear in the length of the text whatever the pattern: pieces between
 * stars are found left to right, so no input makes it backtrack.
 */
export function globTest(value: string): (text: string) => boolean {
  const pieces = value.split(/(?<!\\)\*/).map(unescapeStars);
  if (pieces.length === 1) {
    const only = pieces[0] ?? '';
    return (text) => text === only;
  }
  const first = pieces[0] ?? '';
  const last = pieces[pieces.length - 1] ?? '';
  const middle = pieces.slice(1, -1).filter((piece) => piece !== '');
  return (text) => {
    if (text.length < first.length + last.length || !text.startsWith(first) || !text.endsWith(last)) return false;
    let at = first.length;
    const end = text.length - last.length;
    for (const piece of middle) {
      const found = text.indexOf(piece, at);
      if (found < 0 || found + piece.length > end) return false;
      at = found + piece.length;
    }
    return at <= end;
  };
}

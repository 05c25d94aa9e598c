/** A run of text; `name` is set where it is a character that would not show or would reorder what stands around it. */
export type Run = { readonly text: string; readonly name: string | null };

// C0 and C1 controls, zero-width and bidirectional formatting characters, line separators, tags, the byte-order mark.
const HIDDEN =
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\u{e0000}-\u{e007f}]/u;
const HIDDEN_RUNS = new RegExp(`(${HIDDEN.source})`, 'u');

/** Splits text so that characters made to deceive can be shown by their code. Newline and tab count as hidden here. */
export function runsOf(text: string): readonly Run[] {
  if (!HIDDEN.test(text)) return [{ text, name: null }];
  return text
    .split(HIDDEN_RUNS)
    .filter((part) => part !== '')
    .map((part) =>
      HIDDEN.test(part)
        ? { text: part, name: `U+${(part.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}` }
        : { text: part, name: null },
    );
}

/** The same as one plain string, for places that take no markup (tooltips, labels for assistive technology). */
export function visible(text: string): string {
  return runsOf(text)
    .map((run) => (run.name === null ? run.text : `[${run.name}]`))
    .join('');
}

/** At most `max` UTF-16 units, never cutting a surrogate pair, with the number of units left off. */
export function cut(text: string, max: number): { readonly text: string; readonly left: number } {
  if (text.length <= max) return { text, left: 0 };
  const end = /[\ud800-\udbff]/.test(text.charAt(max - 1)) ? max - 1 : max;
  return { text: text.slice(0, end), left: text.length - end };
}

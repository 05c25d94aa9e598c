export type JsonPiece = { readonly kind: 'key' | 'string' | 'other' | 'space'; readonly text: string };

const TOKEN = /("(?:\\.|[^"\\])*")|([{}[\],:])|(\s+)|([^\s{}[\],:"]+)/gsu;
const INDENT = '  ';

/**
 * Indents JSON for reading without changing a single token: numbers, escapes, repeated keys and their order stay as they
 * were received, which parsing and printing again would not keep. Null where the text is no JSON.
 */
export function indentJson(text: string): readonly JsonPiece[] | null {
  try {
    JSON.parse(text);
  } catch {
    return null;
  }
  const tokens = [...text.matchAll(TOKEN)].filter((match) => match[3] === undefined).map((match) => match[0]);
  const pieces: JsonPiece[] = [];
  let depth = 0;
  const line = (): void => void pieces.push({ kind: 'space', text: `\n${INDENT.repeat(depth)}` });
  tokens.forEach((token, i) => {
    const before = tokens[i - 1];
    const after = tokens[i + 1];
    if (token === '}' || token === ']') {
      depth--;
      if (before !== '{' && before !== '[') line();
      pieces.push({ kind: 'other', text: token });
    } else if (token === '{' || token === '[') {
      depth++;
      pieces.push({ kind: 'other', text: token });
      if (after !== '}' && after !== ']') line();
    } else if (token === ',') {
      pieces.push({ kind: 'other', text: token });
      line();
    } else if (token === ':') {
      pieces.push({ kind: 'other', text: ': ' });
    } else if (token.startsWith('"')) {
      pieces.push({ kind: after === ':' ? 'key' : 'string', text: token });
    } else {
      pieces.push({ kind: 'other', text: token });
    }
  });
  return pieces;
}

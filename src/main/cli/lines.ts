/** The lines of a text that comes in pieces; the last one need not end. Only LF and CR LF end a line. */
export async function* linesOf(pieces: AsyncIterable<string>): AsyncGenerator<string> {
  let rest = '';
  let first = true;
  for await (const piece of pieces) {
    rest += first ? piece.replace(/^\uFEFF/, '') : piece;
    first &&= rest === '';
    const lines = rest.split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) yield line.replace(/\r$/, '');
  }
  if (rest !== '') yield rest.replace(/\r$/, '');
}

/** A line of two texts beside each other: in both, only before, or only after. */
export type DifferenceLine = { readonly kind: 'same' | 'before' | 'after'; readonly text: string };

/** Lines beyond which texts are shown one after the other instead of compared. */
const MOST = 1_500;

/** What of a text became what, line by line: the longest common subsequence stays. Null where the texts are too long. */
export function lineDifference(before: string, after: string): readonly DifferenceLine[] | null {
  const a = before.split('\n');
  const b = after.split('\n');
  if (a.length > MOST || b.length > MOST) return null;
  // common[i][j]: how many lines the rest of both from there on have in common.
  const width = b.length + 1;
  const common = new Uint16Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      common[i * width + j] =
        a[i] === b[j]
          ? (common[(i + 1) * width + j + 1] ?? 0) + 1
          : Math.max(common[(i + 1) * width + j] ?? 0, common[i * width + j + 1] ?? 0);
  const lines: DifferenceLine[] = [];
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      lines.push({ kind: 'same', text: a[i] ?? '' });
      i++;
      j++;
    } else if (
      j >= b.length ||
      (i < a.length && (common[(i + 1) * width + j] ?? 0) >= (common[i * width + j + 1] ?? 0))
    ) {
      lines.push({ kind: 'before', text: a[i] ?? '' });
      i++;
    } else {
      lines.push({ kind: 'after', text: b[j] ?? '' });
      j++;
    }
  }
  return lines;
}

/** Only what differs, each with so many lines around it; null stands for lines left out. */
export function nearChanges(lines: readonly DifferenceLine[], around: number): readonly (DifferenceLine | null)[] {
  const near = lines.map((_line, i) =>
    lines.slice(Math.max(0, i - around), i + around + 1).some((one) => one.kind !== 'same'),
  );
  return lines.flatMap((line, i) => (near[i] ? [line] : near[i - 1] || i === 0 ? [null] : []));
}

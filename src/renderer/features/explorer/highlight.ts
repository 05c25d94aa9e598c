/** A piece of a query as the search bar colours it. The parser decides what it means; this only decides how it looks. */
export type Piece = {
  readonly kind: 'space' | 'minus' | 'field' | 'value' | 'date' | 'quoted' | 'word';
  readonly text: string;
};

const PIECE = /(\s+)|(-(?=\S))?(?:([a-z_]+:)(?!\/\/)(?=\S|$|\s))?("(?:\\.|[^"\\])*"?|\S*)/giu;
const DATES = /^(from|to|last):$/i;

export function piecesOf(query: string): readonly Piece[] {
  const pieces: Piece[] = [];
  for (const match of query.matchAll(PIECE)) {
    const [, space, minus, field, value] = match;
    if (space) pieces.push({ kind: 'space', text: space });
    if (minus) pieces.push({ kind: 'minus', text: minus });
    if (field) pieces.push({ kind: 'field', text: field });
    if (value) {
      const kind = field && DATES.test(field) ? 'date' : value.startsWith('"') ? 'quoted' : field ? 'value' : 'word';
      pieces.push({ kind, text: value });
    }
  }
  return pieces;
}

/** What entries can be counted by. */
export const FACETS = [
  'action',
  'category',
  'actor',
  'team',
  'target',
  'target_type',
  'ip',
  'country',
  'source',
] as const;
export type FacetField = (typeof FACETS)[number];

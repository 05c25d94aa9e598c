import type { Cut } from './evidence.ts';

/**
 * Page sizes and numbers under which a cut between two pages falls well inside one page, best first. With a smaller page
 * size the cuts fall elsewhere; one such page shows the second that lay across the cut whole.
 */
export function closerLooks(cut: Cut, pageSize: number, most: number): { page: number; perPage: number }[] {
  const looks: { page: number; perPage: number; room: number }[] = [];
  for (let perPage = pageSize - 1; perPage >= Math.max(2, Math.ceil(pageSize / 2)); perPage--) {
    const within = cut.position % perPage;
    const room = Math.min(within, perPage - within);
    looks.push({ page: Math.floor(cut.position / perPage) + 1, perPage, room });
  }
  looks.sort((a, b) => b.room - a.room || b.perPage - a.perPage);
  return looks
    .filter((look) => look.room > 0)
    .slice(0, most)
    .map(({ page, perPage }) => ({ page, perPage }));
}

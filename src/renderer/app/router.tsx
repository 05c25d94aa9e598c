import {
  createHashHistory,
  createRootRoute,
  createRoute,
  createRouter,
  Outlet,
  retainSearchParams,
} from '@tanstack/react-router';
import type { EntityKind } from '../../shared/entity.ts';
import { isZone } from '../../shared/instant.ts';
import type { ProfileSide } from '../../shared/profile-contract.ts';
import { ArchiveScreen } from '../features/archive/archive-screen.tsx';
import { columnsFrom } from '../features/explorer/columns.ts';
import { Findings } from '../features/findings/findings.tsx';
import { parseFindingsSearch } from '../features/findings/search.ts';
import { Suppressions } from '../features/findings/suppressions.tsx';
import { Investigations } from '../features/investigations/investigations.tsx';
import { parseInvestigationsSearch } from '../features/investigations/search.ts';
import { ProfileScreen } from '../features/profile/profile-screen.tsx';
import { Reports } from '../features/reports/reports.tsx';
import { Reviews } from '../features/reviews/reviews.tsx';
import { parseReviewsSearch } from '../features/reviews/search.ts';
import { Rules } from '../features/rules/rules.tsx';
import { isSection, type SectionId } from '../features/settings/sections.ts';
import { Settings } from '../features/settings/settings.tsx';
import { Home } from './home.tsx';
import { OverviewScreen } from './overview-screen.tsx';
import { Shell } from './shell.tsx';

// What is seen is in the address: query, zone, opened entry or finding. Values that make no sense are dropped, one by one.
type RootSearch = { tz?: string };
type ExplorerSearch = { q?: string; e?: number; c?: string; fold?: true };
type RulesSearch = { r?: string };
type ReportsSearch = { review?: string };
type SettingsSearch = { section?: SectionId };

const rootRoute = createRootRoute({
  validateSearch: (search: Record<string, unknown>): RootSearch =>
    typeof search.tz === 'string' && isZone(search.tz) ? { tz: search.tz } : {},
  search: { middlewares: [retainSearchParams(['tz'])] },
  component: () => (
    <Shell>
      <Outlet />
    </Shell>
  ),
});

const explorerRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/',
  validateSearch: (search: Record<string, unknown>): ExplorerSearch => ({
    ...(isQueryText(search.q) && String(search.q) !== '' ? { q: String(search.q) } : {}),
    ...(typeof search.c === 'string' && columnsFrom(search.c) ? { c: search.c } : {}),
    ...(search.fold === true ? { fold: true as const } : {}),
    ...(Number.isSafeInteger(search.e) && Number(search.e) >= 0 ? { e: Number(search.e) } : {}),
  }),
  component: Home,
});

// A query that is only digits, `true` or the like comes back from the address as that type.
function isQueryText(value: unknown): boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

const findingsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/findings',
  validateSearch: parseFindingsSearch,
  component: Findings,
});

const suppressionsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/suppressions',
  component: Suppressions,
});

const rulesRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/rules',
  validateSearch: (search: Record<string, unknown>): RulesSearch =>
    typeof search.r === 'string' || typeof search.r === 'number' ? { r: String(search.r) } : {},
  component: Rules,
});

const overviewRoute = createRoute({ getParentRoute: () => rootRoute, path: '/overview', component: OverviewScreen });
const reviewsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/reviews',
  validateSearch: parseReviewsSearch,
  component: Reviews,
});
const investigationsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/investigations',
  validateSearch: parseInvestigationsSearch,
  component: Investigations,
});
const reportsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/reports',
  validateSearch: ({ review }: Record<string, unknown>): ReportsSearch =>
    typeof review === 'string' && /^R-\d{1,12}$/.test(review) ? { review } : {},
  component: Reports,
});
const archiveRoute = createRoute({ getParentRoute: () => rootRoute, path: '/archive', component: ArchiveScreen });

// A page for each kind of thing the log speaks of; without a value there is nothing to show but the log.
type PageSearch = { side?: ProfileSide['side'] };
const asText = (value: unknown): string | null => (isQueryText(value) && String(value) !== '' ? String(value) : null);
function pageSearch(search: Record<string, unknown>): PageSearch & { id?: string } {
  const id = asText(search.id);
  return { ...(id === null ? {} : { id }), ...sideIn(search) };
}
function sideIn({ side }: Record<string, unknown>): PageSearch {
  return side === 'by' || side === 'to' || side === 'in' || side === 'from' ? { side } : {};
}
const personRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/person',
  validateSearch: pageSearch,
  component: () => <Page kind="person" search={personRoute.useSearch()} />,
});
const tunnelRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/tunnel',
  validateSearch: pageSearch,
  component: () => <Page kind="tunnel" search={tunnelRoute.useSearch()} />,
});
const teamRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/team',
  validateSearch: pageSearch,
  component: () => <Page kind="team" search={teamRoute.useSearch()} />,
});
const tokenRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/token',
  validateSearch: pageSearch,
  component: () => <Page kind="token" search={tokenRoute.useSearch()} />,
});
const addressRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/address',
  validateSearch: (search: Record<string, unknown>): PageSearch & { ip?: string } => {
    const ip = asText(search.ip);
    return { ...(ip === null ? {} : { ip }), ...sideIn(search) };
  },
  component: () => {
    const { ip, ...search } = addressRoute.useSearch();
    return <Page kind="address" search={ip === undefined ? search : { ...search, id: ip }} />;
  },
});

function Page({ kind, search: { id, side } }: { kind: EntityKind; search: PageSearch & { id?: string } }) {
  if (id === undefined) return <Home />;
  return <ProfileScreen key={`${kind} ${id}`} entity={{ kind, value: id }} side={side ?? null} />;
}
const settingsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/settings',
  validateSearch: (search: Record<string, unknown>): SettingsSearch =>
    isSection(search.section) ? { section: search.section } : {},
  component: Settings,
});

export const router = createRouter({
  routeTree: rootRoute.addChildren([
    explorerRoute,
    overviewRoute,
    findingsRoute,
    suppressionsRoute,
    rulesRoute,
    reviewsRoute,
    investigationsRoute,
    reportsRoute,
    archiveRoute,
    settingsRoute,
    personRoute,
    addressRoute,
    tunnelRoute,
    teamRoute,
    tokenRoute,
  ]),
  history: createHashHistory(),
  // What no screen understands leaves the address as well.
  search: { strict: true },
  defaultNotFoundComponent: Home,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}

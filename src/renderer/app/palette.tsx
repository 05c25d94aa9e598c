import { useMantineColorScheme } from '@mantine/core';
import { Spotlight, type SpotlightActionData, type SpotlightActionGroupData } from '@mantine/spotlight';
import {
  IconBolt,
  IconBookmark,
  IconClipboardCheck,
  IconClock,
  IconFilePlus,
  IconFold,
  IconFolderPlus,
  IconFolderSearch,
  IconKeyboard,
  IconListCheck,
  IconLock,
  IconMessageQuestion,
  IconSearch,
  IconSunMoon,
  IconVolumeOff,
} from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useLocation, useNavigate } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { describeAction } from '../../shared/action.ts';
import type { CaseSummary } from '../../shared/case-schema.ts';
import type { FindingBrief } from '../../shared/detection-contract.ts';
import { exactly } from '../../shared/filter/exactly.ts';
import { EVERYTHING } from '../../shared/filter/filter.ts';
import { parseQuery } from '../../shared/filter/parse.ts';
import { printQuery, printTerm } from '../../shared/filter/print.ts';
import type { SavedView } from '../../shared/views-contract.ts';
import { SECTIONS } from '../features/settings/sections.ts';
import { useArchive, useZone } from '../lib/app-state.ts';
import { useAsk } from '../lib/ask.ts';
import { casesOptions } from '../lib/cases.ts';
import { focusSearch } from '../lib/keys.ts';
import { counted } from '../lib/number.ts';
import { facetOptions, namedFindingsOptions } from '../lib/queries.ts';
import { dateTime } from '../lib/time.ts';
import { viewsOptions } from '../lib/views.ts';
import { visible } from '../lib/visible-text.ts';
import { SeverityMark } from '../ui/severity-mark.tsx';
import { lock } from './commands.ts';
import { AT, NAMED, recentGroup, useEntityGroups } from './palette-entities.tsx';
import { SCREENS, SETTINGS } from './screens.ts';
import s from './shell.module.css';

const NO_VIEWS: readonly SavedView[] = [];
const NO_CASES: readonly CaseSummary[] = [];
const NO_FINDINGS: readonly FindingBrief[] = [];
const ACTIONS = 100;
const MOST = 40;
/** Of each group; what is found elsewhere need not be more. */
const AS_MANY = 8;
/** Letters of a text that findings are looked for by. */
const LONGEST = 1_000;
const LAST = ['24h', '7d', '30d', '90d'] as const;

/** Go to or do: screens, commands, people, actions, findings, periods, and the text itself as a search. */
export function Palette({ onHelp }: { onHelp: () => void }) {
  const archive = useArchive();
  const zone = useZone();
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const { setColorScheme } = useMantineColorScheme();
  const [text, setText] = useState('');
  const [opened, setOpened] = useState(false);
  const named = useQuery({
    ...namedFindingsOptions(archive, text.trim().slice(0, LONGEST), AS_MANY),
    enabled: opened && archive.entries > 0 && !text.startsWith(AT),
  });
  const findings = named.data?.findings ?? NO_FINDINGS;
  const views = useQuery(viewsOptions(archive)).data?.views ?? NO_VIEWS;
  const cases = useQuery(casesOptions(archive)).data?.cases ?? NO_CASES;
  const everything = { filter: EVERYTHING, zone };
  const actions = useQuery(facetOptions(archive, everything, 'action', ACTIONS)).data?.values ?? [];

  const entities = useEntityGroups(text);

  const asking = useAsk(text);

  const groups = useMemo((): SpotlightActionGroupData[] => {
    const ask = (q: string) => () => void navigate({ to: '/', search: { q } });
    const icon = { size: 16, stroke: 1.6, 'aria-hidden': true } as const;
    const query = text.trim();
    const understood = query === '' ? null : parseQuery(query);
    return [
      ...(!asking?.ready
        ? []
        : [
            {
              group: 'Ask',
              actions: [
                {
                  id: 'ask',
                  label: `Ask: ${visible(asking.text.trim()).slice(0, 120)}`,
                  description: visible(printQuery(asking.filter)).slice(0, 200) + missedWords(asking.missed),
                  keywords: asking.text,
                  leftSection: <IconMessageQuestion {...icon} />,
                  onClick: ask(printQuery(asking.filter)),
                },
              ],
            },
          ]),
      {
        group: 'Go to',
        actions: [...SCREENS, SETTINGS].map((one) => ({
          id: `go ${one.to}`,
          label: one.name,
          description: one.hint,
          leftSection: <one.icon {...icon} />,
          onClick: () => void navigate({ to: one.to }),
        })),
      },
      {
        group: 'Views',
        actions: views.map((view) => ({
          id: `view ${view.id}`,
          label: visible(view.name),
          description: view.q === '' ? 'every entry' : visible(view.q).slice(0, 120),
          leftSection: <IconBookmark {...icon} />,
          onClick: () =>
            void navigate({
              to: '/',
              search: {
                ...(view.q === '' ? {} : { q: view.q }),
                ...(view.columns === null ? {} : { c: view.columns }),
                ...(view.folded ? { fold: true as const } : {}),
              },
            }),
        })),
      },
      {
        group: SETTINGS.name,
        actions: SECTIONS.map((one) => ({
          id: `settings ${one.id}`,
          label: one.name,
          description: one.of === 'you' ? 'for you, on this computer' : 'for this archive',
          keywords: `settings ${one.words}`,
          leftSection: <SETTINGS.icon {...icon} />,
          onClick: () => void navigate({ to: SETTINGS.to, search: { section: one.id } }),
        })),
      },
      {
        group: 'Do',
        actions: [
          ...(understood?.ok
            ? [
                {
                  id: 'search text',
                  label: `Search for ${visible(query).slice(0, 80)}`,
                  description: 'in the Explorer',
                  keywords: query,
                  leftSection: <IconSearch {...icon} />,
                  onClick: ask(printQuery(understood.value)),
                },
              ]
            : []),
          {
            id: 'search',
            label: 'Write a search',
            description: 'the cursor goes to the search bar',
            leftSection: <IconSearch {...icon} />,
            onClick: () => void navigate({ to: '/' }).then(() => setTimeout(focusSearch, 200)),
          },
          {
            id: 'fold',
            label: 'Fold repeats, or show each',
            description: 'R in the Explorer: the same from the same address, again and again, is one row',
            keywords: 'group collapse unfold explorer',
            leftSection: <IconFold {...icon} />,
            onClick: () =>
              void navigate({
                to: '/',
                search:
                  pathname === '/' ? ({ fold, ...rest }) => (fold ? rest : { ...rest, fold: true }) : { fold: true },
              }),
          },
          {
            id: 'lock',
            label: 'Lock the archive',
            description: 'Ctrl L',
            leftSection: <IconLock {...icon} />,
            onClick: lock,
          },
          ...(['light', 'dark', 'auto'] as const).map((scheme) => ({
            id: `scheme ${scheme}`,
            label: `Appearance: ${scheme === 'auto' ? 'as the system' : scheme}`,
            leftSection: <IconSunMoon {...icon} />,
            onClick: () => setColorScheme(scheme),
          })),
          {
            id: 'suppressions',
            label: 'Suppressions',
            description: 'what is hidden from the open findings, and until when',
            keywords: 'findings suppress mute',
            leftSection: <IconVolumeOff {...icon} />,
            onClick: () => void navigate({ to: '/suppressions' }),
          },
          {
            id: 'rules',
            label: 'Rules',
            description: 'how each does, and which of them run',
            keywords: 'findings detection health sigma',
            leftSection: <IconListCheck {...icon} />,
            onClick: () => void navigate({ to: '/rules' }),
          },
          ...(archive.readOnly
            ? []
            : [
                {
                  id: 'start review',
                  label: 'Start a review',
                  description: 'freeze a period, decide it item by item, sign it',
                  keywords: 'campaign audit sample worksheet',
                  leftSection: <IconClipboardCheck {...icon} />,
                  onClick: () => void navigate({ to: '/reviews', search: { start: 'own' } }),
                },
                {
                  id: 'new case',
                  label: 'Open a new case',
                  description: 'an investigation with timeline, scope and story',
                  keywords: 'investigation incident start',
                  leftSection: <IconFolderPlus {...icon} />,
                  onClick: () => void navigate({ to: '/investigations', search: { start: true } }),
                },
                {
                  id: 'new rule',
                  label: 'Write a rule',
                  description: 'and see what it would have found here',
                  keywords: 'new rule sigma editor detection',
                  leftSection: <IconFilePlus {...icon} />,
                  onClick: () => void navigate({ to: '/rules', search: { r: 'new' } }),
                },
              ]),
          {
            id: 'exceptions',
            label: 'Exceptions of reviews',
            description: 'every deviation, followed to its closure',
            keywords: 'reviews register remediation',
            leftSection: <IconClipboardCheck {...icon} />,
            onClick: () => void navigate({ to: '/reviews', search: { tab: 'exceptions' } }),
          },
          { id: 'help', label: 'Show all keys', leftSection: <IconKeyboard {...icon} />, onClick: onHelp },
        ],
      },
      ...entities,
      {
        group: 'Cases',
        actions: cases.map((one) => ({
          id: `case ${one.id}`,
          label: visible(one.title).slice(0, 120),
          description: `${one.id}, ${one.status}, ${counted(one.events, 'event', 'events')}`,
          keywords: 'open case investigation',
          leftSection: <IconFolderSearch {...icon} />,
          onClick: () => void navigate({ to: '/investigations', search: { c: one.id } }),
        })),
      },
      {
        group: 'Findings',
        actions: findings.map((finding) => ({
          id: `finding ${finding.id}`,
          label: visible(finding.title).slice(0, 120),
          description: `${finding.actor ? `${visible(finding.actor).slice(0, 60)}, ` : ''}${dateTime(finding.first, zone)}, ${finding.severity}`,
          // Found by its time in the archive's words, which are not those of the window.
          keywords: named.isPlaceholderData ? '' : text,
          leftSection: <SeverityMark severity={finding.severity} label={false} />,
          onClick: () =>
            void navigate({
              to: '/findings',
              search: { f: finding.id, ...(finding.open ? {} : { state: 'all' as const }) },
            }),
        })),
      },
      {
        group: 'Actions',
        actions: actions
          .filter((one) => one.value !== null)
          .map((one) => ({
            id: `action ${one.value}`,
            label: visible(describeAction(one.value ?? '').phrase).slice(0, 120),
            description: `${visible(one.value ?? '').slice(0, 120)}, ${counted(one.count, 'entry', 'entries')}`,
            leftSection: <IconBolt {...icon} />,
            onClick: ask(printTerm(exactly('action', one.value))),
          })),
      },
      {
        group: 'Go to time',
        actions: LAST.map((last) => ({
          id: `last ${last}`,
          label: `Last ${last === '24h' ? '24 hours' : `${Number.parseInt(last, 10)} days`}`,
          leftSection: <IconClock {...icon} />,
          onClick: ask(`last:${last}`),
        })),
      },
    ];
  }, [
    text,
    asking,
    views,
    entities,
    cases,
    actions,
    findings,
    named.isPlaceholderData,
    archive.readOnly,
    navigate,
    pathname,
    onHelp,
    setColorScheme,
    zone,
  ]);

  return (
    <Spotlight
      actions={text === '' ? [recentGroup(navigate), ...groups] : groups}
      onSpotlightOpen={() => setOpened(true)}
      onSpotlightClose={() => setOpened(false)}
      filter={(query, all) => narrowed(query, all as SpotlightActionGroupData[])}
      nothingFound="Nothing has this name"
      highlightQuery
      scrollable
      maxHeight={440}
      shortcut={null}
      query={text}
      onQueryChange={setText}
      limit={MOST}
      radius="xl"
      overlayProps={{ backgroundOpacity: 1, color: 'var(--scrim)', blur: 0 }}
      transitionProps={{ duration: 120 }}
      classNames={{ actionsGroup: s.paletteGroup ?? '', action: s.paletteAction ?? '', content: s.palette ?? '' }}
      size={660}
      searchProps={{
        placeholder: 'Go to or do…   @ for people, addresses and teams',
        'aria-label': 'Go to or do',
        leftSection: <IconSearch size={17} stroke={1.6} aria-hidden />,
      }}
      attributes={{ content: { 'aria-label': 'Go to or do' } }}
    />
  );
}

function missedWords(missed: readonly string[]): string {
  const words = missed.map((word) => `“${visible(word).slice(0, 40)}”`);
  return words.length === 0 ? '' : `; not understood: ${words.join(', ')}`;
}

// Every word must occur in the label, the description or the keywords; with nothing typed, only a few of each group.
function narrowed(query: string, groups: SpotlightActionGroupData[]): SpotlightActionGroupData[] {
  const named = query.startsWith(AT);
  const words = (named ? query.slice(AT.length) : query)
    .toLowerCase()
    .split(/\s+/u)
    .filter((word) => word !== '');
  return groups
    .filter(({ group }) => !named || NAMED.has(group))
    .map((group) => ({
      ...group,
      actions:
        words.length === 0
          ? group.group === 'Actions' || group.group === SETTINGS.name
            ? []
            : group.actions.slice(0, AS_MANY)
          : group.actions.filter((action) => matches(action, words)).slice(0, AS_MANY),
    }))
    .filter((group) => group.actions.length > 0);
}

function matches(action: SpotlightActionData, words: readonly string[]): boolean {
  const text = `${action.label ?? ''} ${action.description ?? ''} ${String(action.keywords ?? '')}`.toLowerCase();
  return words.every((word) => text.includes(word));
}

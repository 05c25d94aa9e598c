import type { SpotlightActionGroupData } from '@mantine/spotlight';
import { IconFilter, IconKey, IconMapPin, IconRoute, IconUser, IconUsers } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import type { Output } from '../../shared/contract.ts';
import { type EntityKind, LONGEST_VALUE } from '../../shared/entity.ts';
import { exactly } from '../../shared/filter/exactly.ts';
import { printTerm } from '../../shared/filter/print.ts';
import { useArchive } from '../lib/app-state.ts';
import { entityAddress } from '../lib/entity-address.ts';
import { visits } from '../lib/memory.ts';
import { counted } from '../lib/number.ts';
import { distinctOptions } from '../lib/queries.ts';
import { visible } from '../lib/visible-text.ts';

const ICONS = { person: IconUser, address: IconMapPin, tunnel: IconRoute, team: IconUsers, token: IconKey } as const;
const KIND_WORDS: Readonly<Record<EntityKind, string>> = {
  person: 'person',
  address: 'address',
  tunnel: 'tunnel',
  team: 'team',
  token: 'token',
};
const FOUND = 8;
const FEW = 3;
const RECENT = 6;

/** What begins a text that looks for people, addresses and teams alone. */
export const AT = '@';
/** The groups that such a text is looked for in. */
export const NAMED: ReadonlySet<string> = new Set(['People', 'Addresses', 'Teams']);

type Values = Output<'entries.distinct'>;
type Navigate = ReturnType<typeof useNavigate>;
const NONE: Values = [];

/** People, addresses and teams of the whole archive that begin like what is typed, each leading to its page. */
export function useEntityGroups(text: string): SpotlightActionGroupData[] {
  const archive = useArchive();
  const navigate = useNavigate();
  const wanted = (text.startsWith(AT) ? text.slice(AT.length) : text).trim();
  const enabled = text.trim() !== '' && wanted.length <= 200;
  const asked = (field: 'actor' | 'ip' | 'team') => ({ ...distinctOptions(archive, field, wanted, FOUND), enabled });
  const people = useQuery(asked('actor')).data ?? NONE;
  const addresses = useQuery(asked('ip')).data ?? NONE;
  const teams = useQuery(asked('team')).data ?? NONE;
  return useMemo(
    () =>
      enabled
        ? [
            pagesOf('People', 'person', people, text, navigate),
            pagesOf('Addresses', 'address', addresses, text, navigate),
            pagesOf('Teams', 'team', teams, text, navigate),
            entriesOf(people, text, navigate),
          ]
        : [],
    [enabled, people, addresses, teams, text, navigate],
  );
}

// What was found need not hold the typed text as it stands (accents, parts of words): the text itself is a keyword.
function pagesOf(
  group: string,
  kind: EntityKind,
  values: Values,
  text: string,
  navigate: Navigate,
): SpotlightActionGroupData {
  const Icon = ICONS[kind];
  return {
    group,
    actions: values.flatMap(({ value, label, count }) =>
      value === null || value.length > LONGEST_VALUE
        ? []
        : [
            {
              id: `${kind} ${value}`,
              label: visible(label).slice(0, 120),
              description: `${value === label ? '' : `${visible(value).slice(0, 120)}, `}${counted(count, 'entry', 'entries')}`,
              keywords: text,
              leftSection: <Icon size={16} stroke={1.6} aria-hidden />,
              onClick: () => void navigate(entityAddress({ kind, value })),
            },
          ],
    ),
  };
}

function entriesOf(people: Values, text: string, navigate: Navigate): SpotlightActionGroupData {
  return {
    group: 'Entries of one person',
    actions: people.slice(0, FEW).flatMap(({ value, label, count }) =>
      value === null
        ? []
        : [
            {
              id: `entries of ${value}`,
              label: `Show only entries by ${visible(label).slice(0, 120)}`,
              description: `${counted(count, 'entry', 'entries')} by ${visible(value).slice(0, 120)}`,
              keywords: text,
              leftSection: <IconFilter size={16} stroke={1.6} aria-hidden />,
              onClick: () => void navigate({ to: '/', search: { q: printTerm(exactly('actor', value)) } }),
            },
          ],
    ),
  };
}

/** The pages that were looked at last, while the archive is open. */
export function recentGroup(navigate: Navigate): SpotlightActionGroupData {
  return {
    group: 'Recent',
    actions: visits()
      .slice(0, RECENT)
      .map(({ entity, label }) => {
        const Icon = ICONS[entity.kind];
        return {
          id: `recent ${entity.kind} ${entity.value}`,
          label: visible(label).slice(0, 120),
          description: KIND_WORDS[entity.kind],
          leftSection: <Icon size={16} stroke={1.6} aria-hidden />,
          onClick: () => void navigate(entityAddress(entity)),
        };
      }),
  };
}

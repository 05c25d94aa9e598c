import { ActionIcon, Menu } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconCopy } from '@tabler/icons-react';
import { exactly } from '../../../shared/filter/exactly.ts';
import type { Filter } from '../../../shared/filter/filter.ts';
import { printQuery } from '../../../shared/filter/print.ts';
import { copyText } from '../../lib/copy.ts';
import { entryLink } from '../../lib/entry-link.ts';
import { Key } from '../../ui/small.tsx';
import type { Detail } from './drawer.tsx';

/** The entry on the clipboard: as it was received, as an address that opens it, or as the query that finds it. */
export function CopyMenu({ detail }: { detail: Detail }) {
  const { row } = detail;
  const copy = (what: string, text: string) => () => {
    if (copyText(text))
      notifications.show({ message: `${what} copied`, autoClose: 3_000, closeButtonProps: { 'aria-label': 'Close' } });
  };
  return (
    <Menu position="bottom-end" width={220} withinPortal={false} withInitialFocusPlaceholder={false}>
      <Menu.Target>
        <ActionIcon aria-label="Copy" title="Copy">
          <IconCopy size={14} stroke={1.6} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown aria-label="Copy">
        <Menu.Item rightSection={<Key>C</Key>} onClick={copy('Entry', detail.raw)}>
          As JSON, as received
        </Menu.Item>
        <Menu.Item onClick={copy('Link', entryLink(row.key))}>As a link to this entry</Menu.Item>
        <Menu.Item onClick={copy('Query', printQuery(filterOf(detail)))}>As the query that finds it</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

function filterOf({ row }: Detail): Filter {
  const instant = new Date(row.ts).toISOString();
  const actor = row.actor?.id ?? row.actor?.email ?? row.actor?.name ?? null;
  const target = row.target?.id ?? row.target?.name ?? null;
  return {
    from: instant,
    to: instant,
    terms: [
      exactly('action', row.action),
      ...(actor === null ? [] : [exactly('actor', actor)]),
      ...(target === null ? [] : [exactly('target', target)]),
    ],
  };
}

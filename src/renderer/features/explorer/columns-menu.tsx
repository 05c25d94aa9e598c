import { ActionIcon, Button, Checkbox, Popover } from '@mantine/core';
import { IconChevronDown, IconChevronUp, IconColumns3 } from '@tabler/icons-react';
import { memo, useState } from 'react';
import { COLUMN_IDS, COLUMNS, stepped, withColumn } from './columns.ts';
import type { Columns } from './use-columns.ts';
import s from './views.module.css';

type Props = { readonly columns: Columns };

/** Which columns are shown, and in what order. */
export const ColumnsMenu = memo(function ColumnsMenu({ columns: { columns, change, restore, usual } }: Props) {
  const [opened, setOpened] = useState(false);
  // What is not shown stands where it would be, so that nothing moves from under the pointer.
  const listed = COLUMN_IDS.reduce((all, id) => withColumn(all, id, true), columns);
  // The button that was pressed cannot keep the focus: there is nothing more to restore.
  const done = (): void => {
    restore();
    setOpened(false);
  };
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-end" width={240} trapFocus returnFocus shadow="md">
      <Popover.Target>
        <ActionIcon aria-label="Columns" title="Columns" onClick={() => setOpened(!opened)}>
          <IconColumns3 size={16} stroke={1.6} aria-hidden />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown aria-label="Columns" className={s.dropdown ?? ''}>
        <ul className={s.list}>
          {listed.map(({ id }) => {
            const at = columns.findIndex((one) => one.id === id);
            return (
              <li key={id} className={s.column}>
                <Checkbox
                  size="xs"
                  className={s.columnName ?? ''}
                  label={COLUMNS[id].title}
                  checked={at >= 0}
                  disabled={!COLUMNS[id].optional}
                  onChange={(event) => change(withColumn(columns, id, event.currentTarget.checked))}
                />
                {at >= 0 && (
                  <>
                    <ActionIcon
                      size="sm"
                      aria-label={`Move ${COLUMNS[id].title} forward`}
                      disabled={at === 0}
                      onClick={() => change(stepped(columns, id, -1))}
                    >
                      <IconChevronUp size={14} stroke={1.6} aria-hidden />
                    </ActionIcon>
                    <ActionIcon
                      size="sm"
                      aria-label={`Move ${COLUMNS[id].title} back`}
                      disabled={at === columns.length - 1}
                      onClick={() => change(stepped(columns, id, 1))}
                    >
                      <IconChevronDown size={14} stroke={1.6} aria-hidden />
                    </ActionIcon>
                  </>
                )}
              </li>
            );
          })}
        </ul>
        <div className={s.foot}>
          <Button size="xs" variant="default" disabled={usual} onClick={done}>
            Restore the usual columns
          </Button>
        </div>
      </Popover.Dropdown>
    </Popover>
  );
});

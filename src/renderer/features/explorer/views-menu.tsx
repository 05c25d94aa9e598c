import { ActionIcon, Button, Popover, TextInput } from '@mantine/core';
import { IconBookmark, IconCheck, IconPencil, IconTrash } from '@tabler/icons-react';
import { type FormEvent, memo, useState } from 'react';
import { LONGEST_VIEW_NAME } from '../../../shared/limits.ts';
import type { SavedView } from '../../../shared/views-contract.ts';
import { useArchive } from '../../lib/app-state.ts';
import { VIEWS_BUTTON } from '../../lib/keys.ts';
import { useReviewer } from '../../lib/reviewer.ts';
import { visible } from '../../lib/visible-text.ts';
import { SafeText } from '../../ui/safe-text.tsx';
import bar from './query-bar.module.css';
import type { Views } from './use-views.tsx';
import s from './views.module.css';

/** The saved views: open, keep what is on screen, rename, remove. */
export const ViewsMenu = memo(function ViewsMenu({ views }: { views: Views }) {
  const [opened, setOpened] = useState(false);
  const { list, active } = views;
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-end" width={340} trapFocus returnFocus shadow="md">
      <Popover.Target>
        <Button
          {...VIEWS_BUTTON}
          className={bar.collapses ?? ''}
          variant="default"
          aria-label={active ? `Views. Now: ${visible(active.name)}` : 'Views'}
          onClick={() => setOpened(!opened)}
          leftSection={<IconBookmark size={15} stroke={1.6} fill={active ? 'currentColor' : 'none'} aria-hidden />}
        >
          <span className={bar.clip}>{active ? <SafeText text={active.name} max={24} /> : 'Views'}</span>
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label="Views" className={s.dropdown ?? ''}>
        {list.length === 0 ? (
          <p className={s.none}>No view is kept yet. A view is a query with its columns, under a name.</p>
        ) : (
          <ul className={s.list}>
            {list.map((view) => (
              <One key={view.id} view={view} views={views} onDone={() => setOpened(false)} />
            ))}
          </ul>
        )}
        <Keep views={views} onDone={() => setOpened(false)} />
      </Popover.Dropdown>
    </Popover>
  );
});

function One({ view, views, onDone }: { view: SavedView; views: Views; onDone: () => void }) {
  const { readOnly } = useArchive();
  const [reviewer] = useReviewer();
  const [name, setName] = useState<string | null>(null);
  const current = views.active?.id === view.id;
  // Where there is a view, somebody's name is known.
  const by = reviewer ?? '';
  const label = visible(view.name).slice(0, 60);
  if (name !== null) {
    return (
      <li>
        <form
          className={s.keep}
          aria-label={`Rename ${label}`}
          onSubmit={(event) => {
            event.preventDefault();
            if (name.trim() !== '') void views.rename(view, name.trim(), by).then(() => setName(null));
          }}
        >
          <TextInput
            size="xs"
            className={s.name ?? ''}
            aria-label="New name"
            value={name}
            maxLength={LONGEST_VIEW_NAME}
            autoComplete="off"
            autoFocus
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Button size="xs" type="submit" disabled={name.trim() === ''}>
            Rename
          </Button>
        </form>
      </li>
    );
  }
  return (
    <li className={s.row}>
      <button
        type="button"
        className={s.open}
        aria-current={current || undefined}
        onClick={() => {
          views.open(view);
          onDone();
        }}
      >
        <span className={s.check}>{current && <IconCheck size={14} stroke={1.8} aria-hidden />}</span>
        <span className={s.words}>
          <SafeText text={view.name} max={60} />
          <span className={s.query}>{view.q === '' ? 'every entry' : <SafeText text={view.q} max={120} />}</span>
        </span>
      </button>
      {!readOnly && (
        <>
          <ActionIcon aria-label={`Rename ${label}`} title="Rename" onClick={() => setName(view.name)}>
            <IconPencil size={14} stroke={1.6} aria-hidden />
          </ActionIcon>
          <ActionIcon aria-label={`Remove ${label}`} title="Remove" onClick={() => void views.remove(view, by)}>
            <IconTrash size={14} stroke={1.6} aria-hidden />
          </ActionIcon>
        </>
      )}
    </li>
  );
}

function Keep({ views, onDone }: { views: Views; onDone: () => void }) {
  const { readOnly } = useArchive();
  const [known] = useReviewer();
  const [name, setName] = useState('');
  const [by, setBy] = useState(known ?? '');
  if (readOnly)
    return (
      <p className={s.none}>
        This archive is open for reading only: views can be opened, not kept. Lock it and open it for writing.
      </p>
    );
  const ready = name.trim() !== '' && by.trim() !== '';

  function submit(event: FormEvent): void {
    event.preventDefault();
    if (!ready) return;
    void views.save(name.trim(), by.trim()).then((kept) => {
      if (!kept) return;
      setName('');
      onDone();
    });
  }

  return (
    <form className={s.keep} aria-label="Keep this view" onSubmit={submit}>
      <TextInput
        size="xs"
        className={s.name ?? ''}
        aria-label="Name of the view"
        placeholder="Name for what is on screen"
        value={name}
        maxLength={LONGEST_VIEW_NAME}
        autoComplete="off"
        data-autofocus
        onChange={(event) => setName(event.currentTarget.value)}
      />
      {known === null && (
        <TextInput
          size="xs"
          className={s.by ?? ''}
          aria-label="Your name"
          placeholder="Your name"
          value={by}
          maxLength={120}
          autoComplete="off"
          onChange={(event) => setBy(event.currentTarget.value)}
        />
      )}
      <Button size="xs" type="submit" disabled={!ready}>
        Keep
      </Button>
    </form>
  );
}

import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useArchive } from '../../lib/app-state.ts';
import { useKeys } from '../../lib/keys.ts';
import { counted } from '../../lib/number.ts';
import { rulesOptions } from '../../lib/queries.ts';
import { useReviewer } from '../../lib/reviewer.ts';
import { useDelayed } from '../../lib/use-delayed.ts';
import { FailureNote } from '../../ui/notes.tsx';
import { SectionTabs } from '../../ui/section-tabs.tsx';
import { NEW } from './draft.ts';
import { RuleEditor } from './rule-editor.tsx';
import { RulePane } from './rule-pane.tsx';
import { RuleTable } from './rule-table.tsx';
import s from './rules.module.css';

/** How each rule does, and the text of those that have one; one's own are written here. */
export function Rules() {
  const archive = useArchive();
  const navigate = useNavigate();
  const { r } = useSearch({ from: '/rules' });
  const { data, error } = useQuery(rulesOptions(archive));
  const waiting = useDelayed(data === undefined && !error);
  const chosen = data?.find((rule) => rule.id === r) ?? null;
  const open = (id: string | null): void =>
    void navigate({ to: '/rules', search: id === null ? {} : { r: id }, replace: r !== undefined && id !== null });
  const off = data?.filter((rule) => !rule.enabled).length ?? 0;
  const own = data?.filter((rule) => rule.own).length ?? 0;
  const [reviewer] = useReviewer();

  useKeys({ Escape: () => r !== undefined && open(null) });

  return (
    <div className={s.rules} data-open={r !== undefined || undefined}>
      <section className={s.left} aria-label="All rules">
        <header className={s.head}>
          <SectionTabs here="/rules" />
          {data && (
            <span className={s.note}>
              {counted(data.length, 'rule', 'rules')}, {own} your own, {off} off
            </span>
          )}
          <span className={s.grow} />
          {!archive.readOnly && (
            <Button
              size="xs"
              variant="default"
              onClick={() => open(NEW)}
              leftSection={<IconPlus size={13} stroke={1.6} aria-hidden />}
            >
              New rule
            </Button>
          )}
        </header>
        {error && <FailureNote error={error} />}
        {waiting && (
          <div className={s.skeletons} role="status" aria-label="The rules are looking at the archive">
            {['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].map((one) => (
              <span key={one} className={s.skeleton} data-skeleton />
            ))}
          </div>
        )}
        {data && <RuleTable rules={data} chosen={r ?? null} reviewer={reviewer} onOpen={open} />}
      </section>
      {r === NEW && !archive.readOnly && (
        <RuleEditor
          key={NEW}
          rule={null}
          reviewer={reviewer}
          onClose={() => open(null)}
          onSaved={(id) => void navigate({ to: '/rules', search: { r: id }, replace: true })}
        />
      )}
      {chosen &&
        (chosen.own && !archive.readOnly ? (
          <RuleEditor
            key={chosen.id}
            rule={chosen}
            reviewer={reviewer}
            onClose={() => open(null)}
            onSaved={(id) => void navigate({ to: '/rules', search: { r: id }, replace: true })}
          />
        ) : (
          <RulePane key={chosen.id} rule={chosen} onClose={() => open(null)} />
        ))}
    </div>
  );
}

import type { TriagedFinding } from '../../../shared/triage.ts';
import { counted } from '../../lib/number.ts';
import { SafeText } from '../../ui/safe-text.tsx';
import { Tag } from '../../ui/small.tsx';
import { FindingItem } from './finding-item.tsx';
import s from './findings.module.css';
import type { Group } from './groups.ts';

type Props = {
  readonly groups: readonly Group[];
  readonly chosen: string | undefined;
  readonly selected: ReadonlySet<string>;
  readonly uniform: boolean;
  readonly onCheck: (finding: TriagedFinding, extend: boolean) => void;
};

/** The findings under their headings. */
export function FindingList({ groups, chosen, selected, uniform, onCheck }: Props) {
  return (
    <div className={s.scroll} data-selecting={selected.size > 0 || undefined}>
      {groups.map((group) => (
        <section key={group.key} aria-label={group.title}>
          <h2 className={s.group}>
            {group.title}, {counted(group.findings.length, 'finding', 'findings')}
            {group.cases.map((name) => (
              <Tag key={name} kind="accent">
                Case <SafeText text={name} max={30} />
              </Tag>
            ))}
          </h2>
          <ul className={s.items}>
            {group.findings.map((finding) => (
              <FindingItem
                key={finding.id}
                finding={finding}
                chosen={finding.id === chosen}
                checked={selected.has(finding.id)}
                uniform={uniform}
                onCheck={onCheck}
              />
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}

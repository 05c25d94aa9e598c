import { ActionIcon, Button } from '@mantine/core';
import { IconCopy, IconX } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import type { RuleHealth } from '../../../shared/detection-contract.ts';
import { useArchive } from '../../lib/app-state.ts';
import { rememberText } from '../../lib/memory.ts';
import { SafeText } from '../../ui/safe-text.tsx';
import { SeverityTag } from '../../ui/severity-mark.tsx';
import { Tag } from '../../ui/small.tsx';
import { draftKey, NEW, ownCopy } from './draft.ts';
import s from './rules.module.css';
import { YamlEditor } from './yaml-editor.tsx';

const NO_PROBLEMS: never[] = [];

/** A rule that comes with Logbook: what it says of itself and, where it has one, its text. */
export function RulePane({ rule, onClose }: { rule: RuleHealth; onClose: () => void }) {
  const archive = useArchive();
  const navigate = useNavigate();
  function copy(): void {
    rememberText(draftKey(archive.id, NEW), ownCopy(rule.text ?? ''));
    void navigate({ to: '/rules', search: { r: NEW } });
  }
  return (
    <aside className={s.pane} aria-label="Rule">
      <header className={s.paneHead}>
        <SeverityTag severity={rule.severity} />
        <span className={s.id}>{rule.id}</span>
        <span className={s.grow} />
        {rule.text !== null && !archive.readOnly && (
          <Button
            size="xs"
            variant="default"
            onClick={copy}
            leftSection={<IconCopy size={13} stroke={1.6} aria-hidden />}
          >
            Write your own from it
          </Button>
        )}
        <ActionIcon aria-label="Close the rule" onClick={onClose}>
          <IconX size={15} stroke={1.6} aria-hidden />
        </ActionIcon>
      </header>
      <div className={s.about}>
        <h2>
          <SafeText text={rule.title} max={200} />
        </h2>
        <p>
          <SafeText text={rule.description} max={2000} />
        </p>
        <p className={s.note}>
          Version {rule.version}, {rule.kind === 'code' ? 'a baseline in code' : 'a Sigma rule'}
          {rule.own ? ' of your own.' : ' that comes with Logbook.'}
        </p>
        {rule.falsePositives && rule.falsePositives.length > 0 && (
          <>
            <h3>When it is no attack</h3>
            {rule.falsePositives.map((one) => (
              <p key={one}>
                <SafeText text={one} max={400} />
              </p>
            ))}
          </>
        )}
        {rule.runbook && (
          <>
            <h3>First thing to do</h3>
            <p>
              <SafeText text={rule.runbook} max={600} />
            </p>
          </>
        )}
        <div className={s.tags}>
          {rule.technique && (
            <Tag kind="line">
              <span className={s.mono}>{rule.technique.id}</span> {rule.technique.name}, ATT&CK{' '}
              {rule.technique.attackVersion}
            </Tag>
          )}
          {rule.controls.map((control) => (
            <Tag key={control} kind="line">
              {control}
            </Tag>
          ))}
        </div>
      </div>
      {rule.text !== null && (
        <div className={s.editor}>
          <YamlEditor
            text={rule.text}
            label="Text of the rule"
            readOnly
            problems={NO_PROBLEMS}
            onChange={() => {}}
            onSave={() => {}}
          />
        </div>
      )}
    </aside>
  );
}

import { ActionIcon, Button } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { copyText } from '../../lib/copy.ts';
import { RawJson } from '../../ui/raw-json.tsx';
import s from './drawer.module.css';
import { Section } from './drawer-section.tsx';

/** Text of an entry as it was received. */
export function Raw({ title, text }: { title: string; text: string }) {
  const [indented, setIndented] = useState(true);
  return (
    <Section
      title={title}
      action={
        <span className={s.rawActions}>
          <button type="button" className={s.link} onClick={() => setIndented(!indented)}>
            {indented ? 'Show unindented' : 'Indent'}
          </button>
          <CopyButton text={text} label={`Copy: ${title}`} words key={text} />
        </span>
      }
    >
      <RawJson text={text} indented={indented} label={`${title}, the text`} />
    </Section>
  );
}

export function CopyButton({ text, label, words = false }: { text: string; label: string; words?: boolean }) {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 1500);
    return () => clearTimeout(timer);
  }, [copied]);
  const icon = copied ? (
    <IconCheck size={14} stroke={1.8} aria-hidden />
  ) : (
    <IconCopy size={14} stroke={1.6} aria-hidden />
  );
  const copy = () => setCopied(copyText(text));
  if (!words) {
    return (
      <ActionIcon aria-label={label} title={label} onClick={copy}>
        {icon}
      </ActionIcon>
    );
  }
  return (
    <Button
      size="xs"
      variant="subtle"
      color="gray"
      c="var(--text-2)"
      leftSection={icon}
      onClick={copy}
      aria-label={label}
    >
      {copied ? 'Copied' : 'Copy'}
    </Button>
  );
}

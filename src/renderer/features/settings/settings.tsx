import { TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Fragment, useEffect, useState } from 'react';
import { useArchive } from '../../lib/app-state.ts';
import { SEARCH_FIELD_ID } from '../../lib/keys.ts';
import { SafeText } from '../../ui/safe-text.tsx';
import { AppearanceSection } from './appearance-section.tsx';
import { IntegritySection } from './integrity-section.tsx';
import { KeysSection } from './keys-section.tsx';
import { LockingSection } from './locking-section.tsx';
import { NotificationsSection } from './notifications-section.tsx';
import { OfficesSection } from './offices-section.tsx';
import { anchorOf } from './parts.tsx';
import { RetentionSection } from './retention-section.tsx';
import { SECTIONS, type SectionId } from './sections.ts';
import s from './settings.module.css';
import { SignerProvider, useSigner } from './signer.tsx';
import { SourceSection } from './source-section.tsx';
import { TimesSection } from './times-section.tsx';
import { TrustedSection } from './trusted-section.tsx';

const PARTS: Readonly<Record<SectionId, () => React.ReactNode>> = {
  appearance: AppearanceSection,
  times: TimesSection,
  locking: LockingSection,
  notifications: NotificationsSection,
  source: SourceSection,
  offices: OfficesSection,
  trusted: TrustedSection,
  integrity: IntegritySection,
  keys: KeysSection,
  retention: RetentionSection,
};

/** What a bundle has not. */
const OF_AN_ARCHIVE: readonly SectionId[] = ['source', 'integrity', 'keys', 'retention'];

/** Everything that can be chosen: for this person on this computer, and for the archive. */
export function Settings() {
  return (
    <SignerProvider>
      <SettingsPage />
    </SignerProvider>
  );
}

function SettingsPage() {
  const archive = useArchive();
  const { field } = useSigner();
  const { section } = useSearch({ from: '/settings' });
  const navigate = useNavigate();
  const [text, setText] = useState('');
  const words = text.toLowerCase().split(/\s+/u).filter(Boolean);
  const sections = SECTIONS.filter(({ id }) => !archive.bundle || !OF_AN_ARCHIVE.includes(id));
  const shown = sections.filter((one) => {
    const all = `${one.name} ${one.words}`.toLowerCase();
    return words.every((word) => all.includes(word));
  });

  // An address that names a section leads to it, also when one comes back to it.
  useEffect(() => {
    if (!section) return;
    const target = document.getElementById(anchorOf(section));
    target?.scrollIntoView({ block: 'start' });
    target?.querySelector<HTMLElement>('h2')?.focus({ preventScroll: true });
  }, [section]);

  return (
    <div className={s.screen}>
      <nav className={s.index} aria-label="Sections of Settings">
        <h1>Settings</h1>
        <TextInput
          id={SEARCH_FIELD_ID}
          size="xs"
          placeholder="Find a setting"
          aria-label="Find a setting"
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          onKeyDown={(event) => {
            const [first] = shown;
            if (event.key === 'Enter' && first)
              void navigate({ to: '/settings', search: { section: first.id }, replace: true });
          }}
          leftSection={<IconSearch size={13} stroke={1.6} aria-hidden />}
        />
        {(['you', 'archive'] as const).map((group) => {
          const own = shown.filter((one) => one.of === group);
          return (
            own.length > 0 && (
              <Fragment key={group}>
                <h2>{group === 'you' ? 'You, on this computer' : 'This archive'}</h2>
                <ul>
                  {own.map((one) => (
                    <li key={one.id}>
                      <Link
                        to="/settings"
                        search={{ section: one.id }}
                        replace
                        className={s.link ?? ''}
                        aria-current={one.id === section ? 'true' : undefined}
                      >
                        {one.name}
                      </Link>
                    </li>
                  ))}
                </ul>
              </Fragment>
            )
          );
        })}
        {shown.length === 0 && <p className={s.hint}>No setting has this name.</p>}
      </nav>
      <div className={s.page}>
        {(['you', 'archive'] as const).map((group) => (
          <Fragment key={group}>
            <header className={s.groupHead}>
              <p className={s.group}>
                {group === 'you' ? (
                  'You, on this computer'
                ) : (
                  <>
                    Archive <SafeText text={archive.name} max={60} />
                  </>
                )}
              </p>
              {group === 'archive' && field}
            </header>
            {group === 'archive' && archive.readOnly && (
              <p className={s.readOnly} role="note">
                {archive.bundle
                  ? 'A bundle is read-only. What the archive it comes from had set is shown here.'
                  : 'This archive is open for reading only. What it keeps is shown here; to change it, lock the archive and open it for writing.'}
              </p>
            )}
            {sections
              .filter((one) => one.of === group)
              .map((one) => {
                const Part = PARTS[one.id];
                return <Part key={one.id} />;
              })}
          </Fragment>
        ))}
      </div>
    </div>
  );
}

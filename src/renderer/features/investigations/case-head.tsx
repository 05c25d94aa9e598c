import { ActionIcon, Button, Menu, Tooltip } from '@mantine/core';
import { IconChevronLeft, IconDots, IconLock, IconLockOpen, IconNote } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { CaseDetail } from '../../../shared/case-schema.ts';
import { useZone } from '../../lib/app-state.ts';
import { counted, grouped } from '../../lib/number.ts';
import { dateTime } from '../../lib/time.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { Banner } from '../../ui/notes.tsx';
import { SafeText, tooltipOf } from '../../ui/safe-text.tsx';
import { SeverityTag } from '../../ui/severity-mark.tsx';
import { Key } from '../../ui/small.tsx';
import tag from '../../ui/state-tag.module.css';
import s from './case.module.css';
import type { CaseWish } from './wishes.ts';
import { STATUS_TONES, STATUS_WORDS } from './words.ts';

type Props = {
  readonly detail: CaseDetail;
  /** Events of the timeline that are entries of the archive. */
  readonly entries: number;
  readonly writable: boolean;
  readonly exporting: boolean;
  readonly onNote: () => void;
  readonly onWish: (wish: CaseWish) => void;
  readonly onImport: () => void;
  readonly onBundle: () => void;
  readonly onExport: (format: 'csv' | 'ndjson' | 'ocsf' | 'pdf') => void;
};

/** What a case is called, how grave it is, where it stands, who leads it, and what can be done with it as a whole. */
export function CaseHead({
  detail,
  entries,
  writable,
  exporting,
  onNote,
  onWish,
  onImport,
  onBundle,
  onExport,
}: Props) {
  const zone = useZone();
  const closed = detail.status === 'closed';
  const lacks = detail.missing.length;
  return (
    <>
      <header className={s.top}>
        <div className={s.title}>
          <div className={s.crumbs}>
            <Link to="/investigations" search={{}} aria-label="All cases">
              <IconChevronLeft size={14} stroke={1.8} aria-hidden />
            </Link>
            <span className={s.mono}>{detail.id}</span>
            <span>opened {dateTime(detail.openedAt, zone)}</span>
            <SeverityTag severity={detail.severity} />
            <span className={tag.tag} data-tone={STATUS_TONES[detail.status]}>
              {STATUS_WORDS[detail.status]}
            </span>
          </div>
          <h1 title={tooltipOf(detail.title)}>
            <SafeText text={detail.title} max={300} />
          </h1>
        </div>
        {detail.lead !== null && (
          <span className={s.lead} title={`Led by ${tooltipOf(detail.lead)}`}>
            <Avatar actor={{ id: null, name: detail.lead, email: null }} />
            <span>
              <SafeText text={detail.lead} max={40} />
            </span>
          </span>
        )}
        {writable && !closed && (
          <Button
            variant="default"
            onClick={onNote}
            leftSection={<IconNote size={15} stroke={1.6} aria-hidden />}
            rightSection={<Key>M</Key>}
          >
            Note
          </Button>
        )}
        {writable &&
          (closed ? (
            <Button
              variant="default"
              onClick={() => onWish('status')}
              leftSection={<IconLockOpen size={15} stroke={1.6} aria-hidden />}
            >
              Open it again…
            </Button>
          ) : (
            <Tooltip label={lacks === 0 ? 'Asks for the passphrase' : detail.missing[0]} multiline maw={340}>
              <Button
                variant={lacks === 0 ? 'filled' : 'default'}
                disabled={lacks > 0}
                onClick={() => onWish('close')}
                leftSection={<IconLock size={15} stroke={1.6} aria-hidden />}
                rightSection={lacks === 0 ? <Key>Shift C</Key> : null}
              >
                {lacks === 0 ? 'Close the case' : `Close, ${grouped(lacks)} to go`}
              </Button>
            </Tooltip>
          ))}
        <Menu position="bottom-end" width={250}>
          <Menu.Target>
            <ActionIcon variant="default" size={30} aria-label="More about the case" loading={exporting}>
              <IconDots size={16} stroke={1.6} aria-hidden />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            {writable && !closed && (
              <>
                <Menu.Item onClick={() => onWish('edit')} rightSection={<Key>E</Key>}>
                  Title, times, record…
                </Menu.Item>
                <Menu.Item onClick={() => onWish('status')}>Status…</Menu.Item>
                <Menu.Item onClick={() => onWish('manual')} rightSection={<Key>N</Key>}>
                  Event by hand…
                </Menu.Item>
                <Menu.Item onClick={onImport}>Lines of another log…</Menu.Item>
                <Menu.Divider />
              </>
            )}
            <Menu.Item disabled={detail.events === 0} onClick={() => onExport('pdf')}>
              Incident report (PDF)…
            </Menu.Item>
            <Menu.Item disabled={detail.events === 0} onClick={() => onExport('csv')}>
              Timeline as CSV…
            </Menu.Item>
            <Menu.Item disabled={detail.events === 0} onClick={() => onExport('ndjson')}>
              Timeline as NDJSON…
            </Menu.Item>
            <Menu.Item disabled={detail.events === 0} onClick={() => onExport('ocsf')}>
              OCSF incident finding…
            </Menu.Item>
            <Menu.Item disabled={entries === 0} onClick={onBundle}>
              Evidence pack…
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </header>
      {detail.seenAgain > 0 && (
        <div className={s.banners}>
          <Banner severity="high">
            <b>Seen again.</b> {counted(detail.seenAgain, 'later entry names', 'later entries name')} what this case
            watches; look at “Still watching”.
          </Banner>
        </div>
      )}
      {!closed && writable && lacks > 0 && (
        <details className={s.lacks}>
          <summary>{counted(lacks, 'condition', 'conditions')} before the case can be closed</summary>
          <ul>
            {detail.missing.map((one) => (
              <li key={one}>
                <SafeText text={one} max={300} sentence />
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}

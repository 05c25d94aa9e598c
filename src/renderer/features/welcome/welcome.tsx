import { Button, Progress } from '@mantine/core';
import { IconFileZip, IconFolder, IconPlus, IconSailboat } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useEffect, useState } from 'react';
import type { ArchiveSummary, EventPayload } from '../../../shared/contract.ts';
import { APP_STATE } from '../../lib/app-state.ts';
import { call, listen } from '../../lib/client.ts';
import { grouped } from '../../lib/number.ts';
import { Logo } from '../../ui/logo.tsx';
import { FailureNote } from '../../ui/notes.tsx';
import { RecoveryCode } from '../../ui/recovery-code.tsx';
import { ArchiveList } from './archive-list.tsx';
import { BundleForm, type ChosenBundle } from './bundle-form.tsx';
import { CreateForm } from './create-form.tsx';
import { RecoverForm } from './recover-form.tsx';
import { UnlockForm } from './unlock-form.tsx';
import s from './welcome.module.css';

type Step = 'open' | 'recover' | 'create';

type Props = {
  readonly recent: readonly ArchiveSummary[];
  /** The archive the person turned to from another one. */
  readonly next: string | null;
  /** Keeps this screen in place while an archive that is already open still owes its recovery code. */
  readonly onHold: (held: boolean) => void;
  readonly bar: ReactNode;
};

/** Before the key: names and last openings only. */
export function Welcome({ recent, next, onHold, bar }: Props) {
  const client = useQueryClient();
  const [step, setStep] = useState<Step>('open');
  const [added, setAdded] = useState<readonly ArchiveSummary[]>([]);
  const [chosenId, setChosenId] = useState<string | null>(next);
  const [bundle, setBundle] = useState<ChosenBundle | null>(null);
  const [code, setCode] = useState<string | null>(null);
  const archives = [...added.filter((one) => !recent.some((known) => known.id === one.id)), ...recent];
  const chosen = archives.find((one) => one.id === chosenId) ?? archives[0] ?? null;
  const refresh = () => client.invalidateQueries({ queryKey: APP_STATE });

  const demo = useMutation({ mutationFn: () => call('archive.openDemo', {}), onSuccess: refresh });
  const choose = useMutation({
    mutationFn: () => call('archive.choose', {}),
    onSuccess: (summary) => {
      if (!summary) return;
      setAdded((before) => [summary, ...before.filter((one) => one.id !== summary.id)]);
      setChosenId(summary.id);
      setStep('open');
      void refresh();
    },
  });

  const chooseBundle = useMutation({
    mutationFn: () => call('bundle.choose', {}),
    onSuccess: (found) => found && setBundle(found),
  });
  const error = choose.error ?? chooseBundle.error ?? demo.error;

  if (code !== null) {
    const confirm = () => {
      onHold(false);
      void refresh();
    };
    return (
      <Frame
        bar={bar}
        title="Keep the recovery code"
        lead="It opens the archive when the passphrase is lost. It is shown only now."
      >
        <RecoveryCode code={code} confirm="Go to the archive" onConfirmed={confirm} />
      </Frame>
    );
  }
  if (demo.isPending) {
    return (
      <Frame
        bar={bar}
        title="Opening the made-up organisation"
        lead="A local server invents its log; Logbook fetches it as it would a real one."
      >
        <DemoProgress />
      </Frame>
    );
  }
  if (bundle !== null) {
    return (
      <Frame
        bar={bar}
        title="Open an evidence bundle"
        lead="It is checked while it is opened, and read-only. Nothing of it stays here once it is closed."
      >
        <BundleForm bundle={bundle} onOpened={refresh} onBack={() => setBundle(null)} />
      </Frame>
    );
  }
  const footer = (
    <Footer
      onCreate={() => setStep('create')}
      onChoose={() => choose.mutate()}
      onBundle={() => chooseBundle.mutate()}
      onDemo={() => demo.mutate()}
      error={error}
    />
  );
  if (step === 'create' || (archives.length === 0 && step !== 'open')) {
    return (
      <Frame
        bar={bar}
        title="New archive"
        lead="Encrypted on this device. Nobody can open it without the passphrase or the recovery code."
      >
        <CreateForm onHold={onHold} onCreated={setCode} onBack={() => setStep('open')} />
      </Frame>
    );
  }
  if (!chosen) {
    return (
      <Frame
        bar={bar}
        title="Welcome to Logbook"
        lead="It keeps your Jetty audit log for good, encrypted, on this device."
      >
        <div className={s.ways}>
          <Button
            size="lg"
            onClick={() => setStep('create')}
            leftSection={<IconPlus size={16} stroke={1.6} aria-hidden />}
          >
            New archive
          </Button>
          <Button
            size="lg"
            variant="default"
            onClick={() => demo.mutate()}
            leftSection={<IconSailboat size={16} stroke={1.6} aria-hidden />}
          >
            Explore a made-up organisation
          </Button>
          <Button
            size="lg"
            variant="default"
            onClick={() => choose.mutate()}
            leftSection={<IconFolder size={16} stroke={1.6} aria-hidden />}
          >
            Open a folder…
          </Button>
          <Button
            size="lg"
            variant="default"
            onClick={() => chooseBundle.mutate()}
            leftSection={<IconFileZip size={16} stroke={1.6} aria-hidden />}
          >
            Open an evidence bundle…
          </Button>
        </div>
        {error != null && <FailureNote error={error} />}
      </Frame>
    );
  }
  if (step === 'recover') {
    return (
      <Frame
        bar={bar}
        title="Open with the recovery code"
        lead="You choose a new passphrase; the old one stops working."
      >
        <RecoverForm archive={chosen} onOpened={refresh} onBack={() => setStep('open')} />
      </Frame>
    );
  }
  return (
    <Frame bar={bar} title="Unlock the archive" lead="It is decrypted on this device only. Nothing is sent anywhere.">
      <ArchiveList archives={archives} chosen={chosen} onChoose={setChosenId} />
      {chosen.demo ? (
        <Button
          size="lg"
          onClick={() => demo.mutate()}
          leftSection={<IconSailboat size={16} stroke={1.6} aria-hidden />}
        >
          Open the made-up organisation
        </Button>
      ) : (
        <UnlockForm key={chosen.id} archive={chosen} onOpened={refresh} onRecover={() => setStep('recover')} />
      )}
      {footer}
    </Frame>
  );
}

function Frame({ bar, title, lead, children }: { bar: ReactNode; title: string; lead: string; children: ReactNode }) {
  return (
    <div className={s.frame}>
      {bar}
      <main className={s.door}>
        <Logo size={56} />
        <h1>{title}</h1>
        <p className={s.lead}>{lead}</p>
        {children}
      </main>
      <footer className={s.foot}>Logbook speaks to no one but the Jetty address you give it.</footer>
    </div>
  );
}

function Footer(props: {
  onCreate: () => void;
  onChoose: () => void;
  onBundle: () => void;
  onDemo: () => void;
  error: unknown;
}) {
  return (
    <>
      <div className={s.footer}>
        <button type="button" className={s.link} onClick={props.onDemo}>
          <IconSailboat size={14} stroke={1.6} aria-hidden /> Explore a made-up organisation
        </button>
        <span className={s.grow} />
        <button type="button" className={s.link} onClick={props.onCreate}>
          <IconPlus size={14} stroke={1.6} aria-hidden /> New archive
        </button>
        <button type="button" className={s.link} onClick={props.onChoose}>
          Open a folder…
        </button>
        <button type="button" className={s.link} onClick={props.onBundle}>
          Open an evidence bundle…
        </button>
      </div>
      {props.error != null && <FailureNote error={props.error} />}
    </>
  );
}

function DemoProgress() {
  const [progress, setProgress] = useState<EventPayload<'sync.progress'> | null>(null);
  useEffect(() => listen('sync.progress', setProgress), []);
  const share = progress?.total ? Math.min(100, (progress.done / progress.total) * 100) : null;
  return (
    <div className={s.progress}>
      <Progress
        value={share ?? 100}
        animated={share === null}
        striped={share === null}
        aria-label="Progress"
        attributes={{ section: { 'aria-label': 'Progress' } }}
      />
      <p role="status">
        {progress?.note ?? 'Starting…'}
        {progress && progress.done > 0 && (
          <span className={s.figures}>
            {grouped(progress.done)}
            {progress.total === null ? '' : ` of ${grouped(progress.total)}`}
          </span>
        )}
      </p>
    </div>
  );
}

import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useArchive, useZone } from '../../lib/app-state.ts';
import { call } from '../../lib/client.ts';
import { keyStatusOptions } from '../../lib/key-status.ts';
import { date } from '../../lib/time.ts';
import { Banner, FailureNote } from '../../ui/notes.tsx';
import { isGoodPair, PassphraseFields } from '../../ui/passphrase-fields.tsx';
import { RecoveryCode } from '../../ui/recovery-code.tsx';
import { Section, Setting } from './parts.tsx';
import { PassphraseForm } from './passphrase-form.tsx';
import s from './settings.module.css';

type Doing = 'passphrase' | 'code' | 'keychain' | 'rekey';

/** The ways to the archive's data key, and changing them. */
export function KeysSection() {
  const archive = useArchive();
  const zone = useZone();
  const client = useQueryClient();
  const { data, error } = useQuery(keyStatusOptions(archive));
  const [doing, setDoing] = useState<Doing | null>(null);
  const [said, setSaid] = useState<string | null>(null);
  const [code, setCode] = useState<string | null>(null);
  const [pair, setPair] = useState({ value: '', repeated: '' });
  const done = (sentence: string): void => {
    setDoing(null);
    setPair({ value: '', repeated: '' });
    setSaid(sentence);
    void client.invalidateQueries({ queryKey: keyStatusOptions(archive).queryKey });
  };
  const passphrase = useMutation({
    mutationFn: (present: string) => call('keys.changePassphrase', { passphrase: present, newPassphrase: pair.value }),
    onSuccess: () => done('The passphrase is changed. The recovery code stays as it is.'),
  });
  const newCode = useMutation({
    mutationFn: (present: string) => call('keys.newRecoveryCode', { passphrase: present }),
    onSuccess: ({ recoveryCode }) => {
      setCode(recoveryCode);
      done('The recovery code from before opens nothing any more.');
    },
  });
  const rekey = useMutation({
    mutationFn: (present: string) => call('keys.rekey', { passphrase: present }),
    onSuccess: ({ recoveryCode, dropped }) => {
      setCode(recoveryCode);
      done(
        `The archive has a new key; the passphrase is as before.${dropped.includes('keychain') ? ' The keychain could not be given it: turn it on again.' : ''}`,
      );
    },
    // It was closed meanwhile: whatever was asked then had no answer.
    onSettled: () => client.invalidateQueries({ queryKey: ['archive', archive.id] }),
  });
  const way = (kind: string) => data?.ways.find((one) => one.kind === kind) ?? null;
  const since = (kind: string): string => {
    const created = way(kind)?.created ?? null;
    return created === null ? 'Since it was created' : `Since ${date(Date.parse(created), zone)}`;
  };
  const keptCode = useMutation({
    mutationFn: (recoveryCode: string) => call('keys.recoveryCodeKept', { recoveryCode }),
    onSuccess: () => setCode(null),
    onSettled: () => client.invalidateQueries({ queryKey: keyStatusOptions(archive).queryKey }),
  });
  const kept = way('keychain');
  const remember = useMutation({
    mutationFn: (present: string) => call('keys.remember', { passphrase: present, remember: kept === null }),
    onSuccess: () =>
      done(
        kept === null
          ? `${data?.keychain ?? 'The keychain'} opens this archive from now on, for whoever is signed in to this computer.`
          : 'The keychain opens this archive no more.',
      ),
  });
  const begin = (next: Doing): void => {
    for (const change of [passphrase, newCode, rekey, remember]) change.reset();
    setSaid(null);
    setCode(null);
    setDoing(next);
  };
  const fixed = archive.readOnly || archive.demo;
  const button = (next: Doing, label: string) =>
    // A code that nobody has kept yet must not go away under another form.
    !fixed &&
    code === null &&
    doing !== next && (
      <Button size="xs" variant="default" onClick={() => begin(next)}>
        {label}
      </Button>
    );

  return (
    <Section
      id="keys"
      lead="The archive is encrypted under one random key, which the passphrase and the recovery code lead to. Each change asks for the passphrase."
    >
      {error && <FailureNote error={error} />}
      {archive.demo && <p className={s.state}>The made-up organisation needs no keys of its own.</p>}
      {code === null && data?.recoveryCodeNotShown && (
        <Banner severity="medium">
          Nobody has seen the present recovery code: whoever made it was cut off before it was kept. Make a new one.
        </Banner>
      )}
      {said && (
        <p className={s.said} role="status">
          {said}
        </p>
      )}
      {keptCode.error && <FailureNote error={keptCode.error} />}
      {code !== null && <RecoveryCode code={code} confirm="Done" size="xs" onConfirmed={() => keptCode.mutate(code)} />}
      {data && (
        <>
          <Setting name="Passphrase" hint={way('passphrase')?.method}>
            <div className={s.line}>
              <span>{since('passphrase')}</span>
              {button('passphrase', 'Change…')}
            </div>
            {doing === 'passphrase' && (
              <PassphraseForm
                name="Change the passphrase"
                action="Change the passphrase"
                ready={isGoodPair(pair.value, pair.repeated)}
                pending={passphrase.isPending}
                error={passphrase.error}
                onSubmit={(present) => passphrase.mutate(present)}
                onCancel={() => setDoing(null)}
              >
                <PassphraseFields
                  label="New passphrase"
                  size="xs"
                  value={pair.value}
                  repeated={pair.repeated}
                  onChange={(value, repeated) => setPair({ value, repeated })}
                />
              </PassphraseForm>
            )}
          </Setting>
          <Setting name="Recovery code" hint="It opens the archive when the passphrase is lost.">
            <div className={s.line}>
              <span>{since('recovery')}</span>
              {button('code', 'New code…')}
            </div>
            {doing === 'code' && (
              <PassphraseForm
                name="New recovery code"
                action="Make a new code"
                explanation="The new code is shown once and kept nowhere. The one before opens nothing from then on."
                pending={newCode.isPending}
                error={newCode.error}
                onSubmit={(present) => newCode.mutate(present)}
                onCancel={() => setDoing(null)}
              />
            )}
          </Setting>
          <Setting
            name="Keychain"
            hint={
              data.keychain === null
                ? 'This system has no keychain that can be trusted with the key.'
                : 'With it, the archive opens without the passphrase for whoever is signed in to this computer.'
            }
          >
            <div className={s.line}>
              <span>{kept === null ? 'Does not open this archive' : `${kept.method} opens this archive`}</span>
              {(kept !== null || data.keychain !== null) &&
                button('keychain', kept === null ? 'Turn on…' : 'Turn off…')}
            </div>
            {doing === 'keychain' && (
              <PassphraseForm
                name="Keychain"
                action={kept === null ? `Let ${data.keychain ?? 'it'} open the archive` : 'Take it back'}
                pending={remember.isPending}
                error={remember.error}
                onSubmit={(present) => remember.mutate(present)}
                onCancel={() => setDoing(null)}
              />
            )}
          </Setting>
          <Setting
            name="Data key"
            hint="Needed where somebody may have copied the keyring and knows an old secret: the secrets above only lead to the key, they do not replace it."
          >
            <div className={s.line}>
              <span>Random, 256 bits</span>
              {button('rekey', 'Encrypt anew…')}
            </div>
            {doing === 'rekey' && (
              <PassphraseForm
                name="New data key"
                action="Encrypt the archive anew"
                explanation="The whole archive is encrypted under a new key and checked. It is closed meanwhile, which takes a while for a large one, and needs as much free space again as it takes on this disk. There is a new recovery code after it. Backups from before stay under the old key."
                pending={rekey.isPending}
                error={rekey.error}
                onSubmit={(present) => rekey.mutate(present)}
                onCancel={() => setDoing(null)}
              />
            )}
          </Setting>
        </>
      )}
    </Section>
  );
}

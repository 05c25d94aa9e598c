import { Button, Select, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useState } from 'react';
import { COUNTRIES, countryName } from '../../../shared/country.ts';
import { readNetwork } from '../../../shared/filter/network.ts';
import { useArchive, useZone } from '../../lib/app-state.ts';
import { call } from '../../lib/client.ts';
import { date } from '../../lib/time.ts';
import { countriesOptions, networksOptions } from '../../lib/trusted.ts';
import { FailureNote } from '../../ui/notes.tsx';
import { SafeText } from '../../ui/safe-text.tsx';
import { offerUndo } from '../../ui/toasts.tsx';
import { Section } from './parts.tsx';
import s from './settings.module.css';
import { useSigner } from './signer.tsx';

const NO_LONGER = 'No longer trusted';
const COUNTRY_DATA = COUNTRIES.map((code) => ({ value: code, label: `${countryName(code)} (${code})` })).sort((a, b) =>
  a.label.localeCompare(b.label, 'en'),
);

/** Networks and countries from which one's own people come. */
export function TrustedSection() {
  return (
    <Section
      id="trusted"
      lead="A sign-in from a trusted network or country is no unfamiliar place, and trusted networks are never compared when the rules look for impossible travel. A new device is noticed all the same."
    >
      <Networks />
      <Countries />
    </Section>
  );
}

function Networks() {
  const archive = useArchive();
  const client = useQueryClient();
  const { sign } = useSigner();
  const options = networksOptions(archive);
  const { data, error } = useQuery(options);
  const [text, setText] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const change = useMutation({
    mutationFn: (wish: { network: string; trust: boolean; reason: string; by: string }) => call('networks.trust', wish),
    onSettled: () => client.invalidateQueries({ queryKey: options.queryKey }),
  });

  async function add(reason: string): Promise<boolean> {
    const read = readNetwork(text);
    setProblem(read.ok ? null : `${read.problem} ${read.hint}`);
    const by = read.ok ? sign() : null;
    if (!read.ok || by === null) return false;
    await change.mutateAsync({ network: read.network, trust: true, reason, by });
    setText('');
    return true;
  }
  async function remove(network: string, reason: string): Promise<void> {
    const by = sign();
    if (by === null) return;
    await change.mutateAsync({ network, trust: false, reason: NO_LONGER, by });
    offerUndo('networks', `${network} is no longer trusted; the rules look again.`, () =>
      change.mutateAsync({ network, trust: true, reason, by }),
    );
  }

  return (
    <Places
      title="Networks"
      example="The way out of the Lisbon office"
      empty="No network is trusted yet. Add the addresses by which your offices and your VPN reach the internet."
      rows={(data ?? []).map((one) => ({
        ...one,
        id: one.network,
        name: <code className={s.mono}>{one.network}</code>,
      }))}
      error={error ?? change.error}
      pending={change.isPending}
      onRemove={remove}
      onAdd={add}
      field={
        <TextInput
          size="xs"
          label="Network or address"
          placeholder="203.0.113.0/24"
          value={text}
          maxLength={100}
          spellCheck={false}
          error={problem}
          onChange={(event) => {
            setText(event.currentTarget.value);
            setProblem(null);
          }}
        />
      }
    />
  );
}

function Countries() {
  const archive = useArchive();
  const client = useQueryClient();
  const { sign } = useSigner();
  const options = countriesOptions(archive);
  const { data, error } = useQuery(options);
  const [code, setCode] = useState<string | null>(null);
  const [missing, setMissing] = useState(false);
  const change = useMutation({
    mutationFn: (wish: { country: string; trust: boolean; reason: string; by: string }) =>
      call('countries.trust', wish),
    onSettled: () => client.invalidateQueries({ queryKey: options.queryKey }),
  });
  const trusted = new Set(data?.map((one) => one.country));

  async function add(reason: string): Promise<boolean> {
    setMissing(code === null);
    const by = code === null ? null : sign();
    if (code === null || by === null) return false;
    await change.mutateAsync({ country: code, trust: true, reason, by });
    setCode(null);
    return true;
  }
  async function remove(country: string, reason: string): Promise<void> {
    const by = sign();
    if (by === null) return;
    await change.mutateAsync({ country, trust: false, reason: NO_LONGER, by });
    offerUndo('countries', `${countryName(country)} is no longer trusted; the rules look again.`, () =>
      change.mutateAsync({ country, trust: true, reason, by }),
    );
  }

  return (
    <Places
      title="Countries"
      example="Sales work there"
      empty="No country is trusted yet. Add those in which people of yours are expected to be."
      rows={(data ?? []).map((one) => ({ ...one, id: one.country, name: countryName(one.country) }))}
      error={error ?? change.error}
      pending={change.isPending}
      onRemove={remove}
      onAdd={add}
      field={
        <Select
          size="xs"
          label="Country"
          placeholder="Choose one"
          searchable
          value={code}
          error={missing ? 'Choose a country from the list.' : null}
          nothingFoundMessage="No country has this name"
          onChange={(next) => {
            setCode(next);
            setMissing(false);
          }}
          data={COUNTRY_DATA.filter((one) => !trusted.has(one.value))}
          comboboxProps={{ withinPortal: false }}
        />
      }
    />
  );
}

type PlaceRow = {
  readonly id: string;
  readonly name: ReactNode;
  readonly reason: string;
  readonly by: string;
  readonly at: number;
};

function Places(props: {
  readonly title: string;
  readonly empty: string;
  readonly example: string;
  readonly rows: readonly PlaceRow[];
  readonly field: ReactNode;
  readonly error: unknown;
  readonly pending: boolean;
  readonly onRemove: (id: string, reason: string) => Promise<void>;
  readonly onAdd: (reason: string) => Promise<boolean>;
}) {
  const zone = useZone();
  const { readOnly } = useArchive();
  const [reason, setReason] = useState('');
  const [unexplained, setUnexplained] = useState(false);
  function submit(event: FormEvent): void {
    event.preventDefault();
    setUnexplained(reason.trim() === '');
    if (reason.trim() === '' || props.pending) return;
    // What was refused is said by the field or the note below it.
    void props.onAdd(reason.trim()).then(
      (added) => added && setReason(''),
      () => undefined,
    );
  }
  return (
    <div className={s.part}>
      <h3>{props.title}</h3>
      {props.rows.length === 0 ? (
        <p className={s.hint}>{props.empty}</p>
      ) : (
        <ul className={s.list} aria-label={`Trusted ${props.title.toLowerCase()}`}>
          {props.rows.map((row) => (
            <li key={row.id} className={s.item}>
              <div className={s.itemText}>
                <b>{row.name}</b>
                <span>
                  <SafeText text={row.reason} max={200} />
                </span>
                <span className={s.dim}>
                  <SafeText text={row.by} max={60} />, {date(row.at, zone)}
                </span>
              </div>
              {!readOnly && (
                <Button
                  size="xs"
                  variant="subtle"
                  aria-label={`Remove ${row.id}`}
                  onClick={() => void props.onRemove(row.id, row.reason).catch(() => undefined)}
                >
                  Remove
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
      {props.error ? <FailureNote error={props.error} /> : null}
      {!readOnly && (
        <form
          className={s.add}
          onSubmit={submit}
          noValidate
          aria-label={`Trust one of the ${props.title.toLowerCase()}`}
        >
          {props.field}
          <TextInput
            size="xs"
            label="Reason"
            placeholder={props.example}
            value={reason}
            maxLength={2000}
            error={unexplained ? 'Say in a few words why.' : null}
            onChange={(event) => {
              setReason(event.currentTarget.value);
              setUnexplained(false);
            }}
          />
          <Button size="xs" type="submit" variant="default" loading={props.pending}>
            Add
          </Button>
        </form>
      )}
    </div>
  );
}

import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Output } from '../../../shared/contract.ts';
import type { Office } from '../../../shared/office.ts';
import { hoursText } from '../../../shared/office-words.ts';
import { useArchive, useZone } from '../../lib/app-state.ts';
import { call } from '../../lib/client.ts';
import { counted } from '../../lib/number.ts';
import { officesOptions } from '../../lib/office-hours.ts';
import { dateTime, zoneLabel } from '../../lib/time.ts';
import { FailureNote } from '../../ui/notes.tsx';
import { SafeText } from '../../ui/safe-text.tsx';
import { offerUndo } from '../../ui/toasts.tsx';
import { OfficeForm } from './office-form.tsx';
import { Section } from './parts.tsx';
import s from './settings.module.css';
import { useSigner } from './signer.tsx';

type Editing = { readonly office: Office; readonly isNew: boolean };

/** When people are expected to work, office by office. */
export function OfficesSection() {
  const archive = useArchive();
  const zone = useZone();
  const client = useQueryClient();
  const { sign } = useSigner();
  const options = officesOptions(archive);
  const { data, error } = useQuery(options);
  const [editing, setEditing] = useState<Editing | null>(null);
  const keep = useMutation({
    mutationFn: ({ offices, by }: { offices: readonly Office[]; by: string }) =>
      call('offices.set', { offices: [...offices], by }),
    onSettled: () => client.invalidateQueries({ queryKey: options.queryKey }),
  });
  const kept = data?.kept ? data.offices : [];

  async function set(offices: readonly Office[], done: string): Promise<boolean> {
    const by = sign();
    if (by === null) return false;
    const before = kept;
    try {
      await keep.mutateAsync({ offices, by });
    } catch {
      return false;
    }
    offerUndo('offices', done, () => keep.mutateAsync({ offices: before, by }));
    return true;
  }

  async function save(office: Office): Promise<void> {
    const others = kept.filter((one) => one.id !== office.id);
    const at = kept.findIndex((one) => one.id === office.id);
    const next = at < 0 ? [...others, office] : kept.with(at, office);
    if (await set(next, `The hours of ${office.name} are kept; the rules look again.`)) setEditing(null);
  }

  return (
    <Section
      id="offices"
      lead="The rules about unusual hours take an entry for off hours where no office is at work. The band in the Explorer’s chart shows the same hours."
    >
      {error && <FailureNote error={error} />}
      {data && (
        <>
          <p className={s.state}>
            {data.kept ? (
              <>
                Last changed by <SafeText text={data.kept.by} max={60} /> on {dateTime(data.kept.at, zone)}.
              </>
            ) : (
              'Nobody has said when people work here, so this holds:'
            )}
          </p>
          <ul className={s.list} aria-label="Offices">
            {data.offices.map((office) =>
              editing?.office.id === office.id ? null : (
                <OfficeItem
                  key={office.id}
                  office={office}
                  kept={data.kept}
                  onEdit={() => setEditing({ office, isNew: false })}
                  onDelete={() =>
                    void set(
                      kept.filter((one) => one.id !== office.id),
                      `${office.name} is no office any more; the rules look again.`,
                    )
                  }
                />
              ),
            )}
          </ul>
          {editing && (
            <OfficeForm
              key={editing.office.id}
              office={editing.office}
              others={kept}
              isNew={editing.isNew}
              pending={keep.isPending}
              onSave={(office) => void save(office)}
              onCancel={() => setEditing(null)}
            />
          )}
          {keep.error && <FailureNote error={keep.error} />}
          {!archive.readOnly && !editing && (
            <div className={s.buttons}>
              <Button
                size="xs"
                variant="default"
                leftSection={<IconPlus size={13} stroke={1.6} aria-hidden />}
                onClick={() => setEditing({ office: newOffice(archive.zone), isNew: true })}
              >
                Add an office
              </Button>
            </div>
          )}
        </>
      )}
    </Section>
  );
}

function newOffice(zone: string): Office {
  return {
    id: crypto.randomUUID(),
    name: '',
    zone,
    weekdays: [1, 2, 3, 4, 5],
    opens: '08:00',
    closes: '18:00',
    holidays: [],
  };
}

function OfficeItem(props: {
  readonly office: Office;
  readonly kept: Output<'offices.list'>['kept'];
  readonly onEdit: () => void;
  readonly onDelete: () => void;
}) {
  const { office, kept } = props;
  const { readOnly } = useArchive();
  const { holidays } = office;
  return (
    <li className={s.item}>
      <div className={s.itemText}>
        <b>
          <SafeText text={office.name} max={80} />
        </b>
        <span>{hoursText(office)}</span>
        <span className={s.dim}>
          {zoneLabel(office.zone, Date.now())}
          {holidays.length > 0 && `, ${counted(holidays.length, 'holiday', 'holidays')}`}
        </span>
      </div>
      {!readOnly && (
        <div className={s.itemActions}>
          <Button size="xs" variant="default" onClick={props.onEdit} aria-label={`Change ${office.name.slice(0, 80)}`}>
            Change
          </Button>
          {kept && (
            <Button
              size="xs"
              variant="subtle"
              onClick={props.onDelete}
              aria-label={`Remove ${office.name.slice(0, 80)}`}
            >
              Remove
            </Button>
          )}
        </div>
      )}
    </li>
  );
}

import { Button, Menu, TextInput } from '@mantine/core';
import { IconChevronDown, IconFilter, IconSearch, IconX } from '@tabler/icons-react';
import { SEVERITIES, type Severity } from '../../../shared/finding.ts';
import type { TriagedFinding } from '../../../shared/triage.ts';
import { SEARCH_FIELD_ID } from '../../lib/keys.ts';
import { grouped } from '../../lib/number.ts';
import { SafeText } from '../../ui/safe-text.tsx';
import { SectionTabs } from '../../ui/section-tabs.tsx';
import { SeverityMark } from '../../ui/severity-mark.tsx';
import s from './findings.module.css';
import { type Choice, choicesOf, narrowed, rulesOf, severityCounts, standingOf } from './narrow.ts';
import { ARRANGEMENTS, type FindingsSearch, STANDING_WORDS, STANDINGS } from './search.ts';

type Props = {
  readonly findings: readonly TriagedFinding[];
  readonly search: FindingsSearch;
  readonly said: string;
  readonly titleOf: (rule: string) => string;
  /** `step` false is a further letter of the same text: one step back takes all of it away. */
  readonly onChange: (search: FindingsSearch, step?: boolean) => void;
};

/** What the list is narrowed to. Every choice says how many findings it would show. */
export function FilterBar({ findings, search, said, titleOf, onChange }: Props) {
  const standing = search.state ?? 'open';
  const severities = severityCounts(narrowed(findings, search, 'sev'));
  const byState = choicesOf(narrowed(findings, search, 'state'), (one) => [
    [standingOf(one), ''],
    ['all', ''],
  ]);
  const rules = choicesOf(narrowed(findings, search, 'rule'), (one) => rulesOf(one).map((id) => [id, titleOf(id)]));
  const people = choicesOf(narrowed(findings, search, 'who'), (one) =>
    one.actor === null ? [] : [[one.actor, one.actor]],
  );

  function toggle(severity: Severity): void {
    const { sev = [], ...rest } = search;
    const next = sev.includes(severity) ? sev.filter((one) => one !== severity) : [...sev, severity];
    onChange(next.length === 0 ? rest : { ...rest, sev: next });
  }

  return (
    <div className={s.filters}>
      <div className={s.title}>
        <SectionTabs here="/findings" />
        <span className={s.grow} />
        <Menu position="bottom-end" width={200} withinPortal={false} withInitialFocusPlaceholder={false}>
          <Menu.Target>
            <Button
              size="xs"
              variant="default"
              aria-label={`State: ${STANDING_WORDS[standing]}`}
              leftSection={<IconFilter size={13} stroke={1.6} aria-hidden />}
            >
              {STANDING_WORDS[standing]}
            </Button>
          </Menu.Target>
          <Menu.Dropdown aria-label="State">
            {STANDINGS.map((one) => (
              <Menu.Item
                key={one}
                aria-current={one === standing ? 'true' : undefined}
                rightSection={<Count n={byState.find((state) => state.value === one)?.count ?? 0} />}
                onClick={() => {
                  const { state: _state, f: _f, ...rest } = search;
                  onChange(one === 'open' ? rest : { ...rest, state: one });
                }}
              >
                {STANDING_WORDS[one]}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      </div>
      <div className={s.tally}>
        {SEVERITIES.map((severity) => {
          const n = severities[severity] ?? 0;
          const on = search.sev?.includes(severity) ?? false;
          return n === 0 && !on ? null : (
            <button
              key={severity}
              type="button"
              className={s.count}
              aria-pressed={on}
              aria-label={`${severity}, ${n}`}
              onClick={() => toggle(severity)}
            >
              <SeverityMark severity={severity} label={false} />
              {grouped(n)}
            </button>
          );
        })}
        <span className={s.said}>{said}</span>
        <span className={s.grow} />
        <label className={s.by}>
          by{' '}
          <select
            value={search.by ?? 'happening'}
            aria-label="Group by"
            onChange={(event) => {
              const { by: _by, ...rest } = search;
              onChange(event.currentTarget.value === 'severity' ? { ...rest, by: 'severity' } : rest);
            }}
          >
            {ARRANGEMENTS.map((one) => (
              <option key={one}>{one}</option>
            ))}
          </select>
        </label>
      </div>
      <div className={s.narrow}>
        <TextInput
          id={SEARCH_FIELD_ID}
          className={s.grow ?? ''}
          size="xs"
          styles={{ input: { height: 24, minHeight: 24 } }}
          aria-label="Words in findings"
          placeholder="Words, F-…, address"
          value={search.q ?? ''}
          leftSection={<IconSearch size={13} stroke={1.6} aria-hidden />}
          onChange={(event) => {
            const { q = '', ...rest } = search;
            const text = event.currentTarget.value;
            onChange(text === '' ? rest : { ...rest, q: text }, q === '' || text === '');
          }}
          onKeyDown={(event) => {
            if (event.key === 'Escape' || event.key === 'Enter') event.currentTarget.blur();
          }}
        />
        <Pick
          name="Rule"
          chosen={search.rule === undefined ? null : titleOf(search.rule)}
          choices={rules}
          onPick={(rule) => onChange(withPart(search, 'rule', rule))}
        />
        <Pick
          name="Person"
          chosen={search.who ?? null}
          choices={people}
          onPick={(who) => onChange(withPart(search, 'who', who))}
        />
      </div>
    </div>
  );
}

function withPart(search: FindingsSearch, part: 'rule' | 'who', value: string | null): FindingsSearch {
  const { [part]: _before, ...rest } = search;
  return value === null ? rest : { ...rest, [part]: value };
}

const MOST = 200;

type PickProps = {
  readonly name: string;
  readonly chosen: string | null;
  readonly choices: readonly Choice[];
  readonly onPick: (value: string | null) => void;
};

function Pick({ name, chosen, choices, onPick }: PickProps) {
  if (chosen !== null) {
    return (
      <Button
        size="xs"
        variant="default"
        className={s.chosen ?? ''}
        aria-label={`${name}: ${chosen.slice(0, 80)}. Take away`}
        onClick={() => onPick(null)}
        rightSection={<IconX size={12} stroke={1.6} aria-hidden />}
      >
        <SafeText text={chosen} max={60} />
      </Button>
    );
  }
  return (
    <Menu position="bottom-end" width={280} withinPortal={false} withInitialFocusPlaceholder={false}>
      <Menu.Target>
        <Button
          size="xs"
          variant="default"
          disabled={choices.length === 0}
          rightSection={<IconChevronDown size={12} stroke={1.6} aria-hidden />}
        >
          {name}
        </Button>
      </Menu.Target>
      <Menu.Dropdown aria-label={name} className={s.choices ?? ''}>
        {choices.slice(0, MOST).map(({ value, label, count }) => (
          <Menu.Item key={value} rightSection={<Count n={count} />} onClick={() => onPick(value)}>
            <SafeText text={label} max={80} />
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

function Count({ n }: { n: number }) {
  return <span className={s.choiceCount}>{grouped(n)}</span>;
}

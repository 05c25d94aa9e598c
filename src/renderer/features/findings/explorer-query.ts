import { useNavigate } from '@tanstack/react-router';
import { exactly } from '../../../shared/filter/exactly.ts';
import type { Filter } from '../../../shared/filter/filter.ts';
import { printQuery } from '../../../shared/filter/print.ts';
import type { Finding } from '../../../shared/finding.ts';
import { useZone } from '../../lib/app-state.ts';
import { boundText } from '../../lib/time.ts';

/** The query that holds a finding's entries: its time, and its actor or address where it names one. */
export function queryOf(finding: Finding, zone: string): string {
  const terms: Filter['terms'] =
    finding.actor !== null
      ? [exactly('actor', finding.actor)]
      : finding.address !== null
        ? [exactly('ip', finding.address)]
        : [];
  return printQuery({ terms, from: boundText(finding.first, zone), to: boundText(finding.last, zone) });
}

/** Shows a finding's entries in the Explorer, with the first of them, or the given one, opened. */
export function useOpenInExplorer(): (finding: Finding, key?: number) => void {
  const navigate = useNavigate();
  const zone = useZone();
  return (finding, key = finding.entryKeys[0]) => {
    void navigate({ to: '/', search: { q: queryOf(finding, zone), ...(key === undefined ? {} : { e: key }) } });
  };
}

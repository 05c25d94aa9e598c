import type { Content, TableCell } from 'pdfmake/interfaces';
import { type Desk, headed, paragraph, styled } from './blocks.ts';
import { counted, number, stamp } from './format.ts';
import { listTables } from './tables.ts';
import { DENSE, SIZE } from './theme.ts';

/** What the rules noticed beside the exceptions: low findings by rule, suppressed ones by who asked for it and why. */
export function setAsideTables({ model, ...desk }: Desk): Content[] {
  const { minor, suppressed } = model.setAside;
  const whole: Desk = { model, ...desk };
  const out: Content[] = [];
  const total = minor.reduce((sum, one) => sum + one.findings, 0);
  if (total > 0) {
    out.push(
      headed(
        'Counted, not listed',
        paragraph(
          `${counted(total, 'finding', 'findings')} of low severity: everyday or merely unusual, with nothing of weight beside them. By rule; each is in the archive, under “Findings”.`,
        ),
      ),
      ...listTables({
        head: ['Rule', 'What it notices', 'Findings', 'Entries'],
        widths: [150, '*', 50, 50],
        right: [2, 3],
        layout: DENSE,
        rows: minor.map((one): TableCell[] => [
          styled(whole, one.rule, { mono: true, size: 7, width: 148, most: 120 }) as TableCell,
          styled(whole, one.title, { size: SIZE.cell, width: 220, most: 200 }) as TableCell,
          { text: number(one.findings) },
          { text: number(one.entries) },
        ]),
      }),
    );
  }
  const hidden = suppressed.reduce((sum, one) => sum + one.findings, 0);
  if (hidden > 0) {
    out.push(
      headed(
        'Suppressed',
        paragraph(
          `${counted(hidden, 'finding', 'findings')} that somebody asked not to be shown, until a date and for a reason. Each is in the archive, under “Findings”.`,
        ),
      ),
      ...listTables({
        head: ['Rule and scope', 'Reason and owner', 'Until', 'Worst', 'Findings'],
        widths: [130, '*', 84, 46, 50],
        right: [4],
        layout: DENSE,
        rows: suppressed.map(({ suppression, findings, worst }): TableCell[] => {
          const { rule, actor, address, target, reason, owner, until, ended } = suppression;
          const scope = [rule, actor, address, target].filter((part) => part !== null).join(', ');
          return [
            styled(whole, scope, { size: SIZE.cell, width: 128, most: 300 }) as TableCell,
            styled(whole, `${reason} (${owner})`, { size: SIZE.cell, width: 190, most: 600 }) as TableCell,
            { text: stamp(Math.min(until, ended?.at ?? until), model.period.zone) },
            { text: worst },
            { text: number(findings) },
          ];
        }),
      }),
    );
  }
  return out;
}

/** What people made of a finding, in one line; null where nobody has decided. */
export function decisionText({ state }: Desk['model']['exceptions'][number]['finding'], zone: string): string | null {
  if (!state?.decision || state.decision.verdict === 'reopened') return null;
  const { verdict, by, at, reason, expires } = state.decision;
  const until = expires === null ? '' : ` until ${stamp(expires, zone)}`;
  const again =
    state.again === null ? '' : ` Open again: it has ${state.again === 'grown' ? 'grown since' : 'expired'}.`;
  return `${verdict === 'benign' ? 'Called benign' : verdict === 'accepted' ? `Accepted${until}` : 'Escalated'} by ${by}, ${stamp(at, zone)}: ${reason}${/[.!?]$/.test(reason) ? '' : '.'}${again}`;
}

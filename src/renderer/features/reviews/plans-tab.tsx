import { Button } from '@mantine/core';
import { useState } from 'react';
import { TEMPLATE_NAMES } from '../../../shared/report-template.ts';
import { CADENCE_WORDS } from '../../../shared/review.ts';
import type { DueReview, ReviewPlan } from '../../../shared/review-schema.ts';
import { useArchive, useZone } from '../../lib/app-state.ts';
import { dateTime } from '../../lib/time.ts';
import { Panel } from '../../ui/notes.tsx';
import { SafeText } from '../../ui/safe-text.tsx';
import { PlanForm } from './plan-form.tsx';
import s from './reviews.module.css';

/** The recurring reviews: what, how often, whose, and when next. */
export function PlansTab({ plans, due }: { plans: readonly ReviewPlan[]; due: readonly DueReview[] }) {
  const archive = useArchive();
  const zone = useZone();
  const [editing, setEditing] = useState<ReviewPlan | 'new' | null>(null);
  return (
    <Panel
      title="Recurring reviews"
      className={s.wide}
      action={
        !archive.readOnly && (
          <Button size="xs" variant="default" onClick={() => setEditing('new')}>
            New…
          </Button>
        )
      }
    >
      <table className={s.table}>
        <thead>
          <tr>
            <th scope="col">Name</th>
            <th scope="col">What</th>
            <th scope="col">How often</th>
            <th scope="col">Owner</th>
            <th scope="col">Framework</th>
            <th scope="col">Next due</th>
            <th scope="col">
              <span className={s.unseen}>Change</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {plans.map((plan) => {
            const next = due.find((one) => one.plan.id === plan.id);
            return (
              <tr key={plan.id} data-off={!plan.enabled || undefined}>
                <th scope="row">
                  <SafeText text={plan.name} max={120} />
                </th>
                <td>
                  {plan.kind === 'access' && 'access: '}
                  {plan.text === '' ? (
                    plan.kind === 'access' ? (
                      'everybody'
                    ) : (
                      'every entry'
                    )
                  ) : (
                    <code className={s.code}>
                      <SafeText text={plan.text} max={120} />
                    </code>
                  )}
                </td>
                <td>
                  {CADENCE_WORDS[plan.cadence]}, due {plan.dueDays === 0 ? 'at once' : `after ${plan.dueDays} d`}
                </td>
                <td>{plan.owner === null ? 'nobody yet' : <SafeText text={plan.owner} max={60} />}</td>
                <td>{plan.framework === null ? 'none' : TEMPLATE_NAMES[plan.framework]}</td>
                <td>{plan.enabled ? next && dateTime(next.dueAt, zone) : 'off'}</td>
                <td>
                  {!archive.readOnly && (
                    <Button
                      size="xs"
                      variant="default"
                      data-row
                      aria-label={`Change ${plan.name}`}
                      onClick={() => setEditing(plan)}
                    >
                      Change…
                    </Button>
                  )}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
      {editing && <PlanForm plan={editing === 'new' ? null : editing} onClose={() => setEditing(null)} />}
    </Panel>
  );
}

import { NativeSelect } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type JettyPlan, PLANS } from '../../shared/coverage.ts';
import { APP_STATE, useArchive } from '../lib/app-state.ts';
import { call } from '../lib/client.ts';
import { FailureNote } from './notes.tsx';

const UNKNOWN = 'unknown';

/** `Coastal, keeps 90 days`. */
export function planWords(plan: JettyPlan | null): string {
  return plan === null ? 'not known' : `${plan.charAt(0).toUpperCase()}${plan.slice(1)}, keeps ${PLANS[plan]} days`;
}

/** The plan, changed in place. */
export function PlanChoice({ disabled }: { disabled: boolean }) {
  const client = useQueryClient();
  const plan = useArchive().source?.plan ?? null;
  const change = useMutation({
    mutationFn: (next: JettyPlan | null) => call('sync.setPlan', { plan: next }),
    onSuccess: () => client.invalidateQueries({ queryKey: APP_STATE }),
  });
  const shown = change.isPending ? change.variables : plan;
  return (
    <>
      <NativeSelect
        size="xs"
        aria-label="Plan"
        disabled={disabled || change.isPending}
        value={shown ?? UNKNOWN}
        onChange={(event) => {
          const { value } = event.currentTarget;
          change.mutate(value === UNKNOWN ? null : (value as JettyPlan));
        }}
        data={[
          { value: UNKNOWN, label: planWords(null) },
          ...(Object.keys(PLANS) as JettyPlan[]).map((name) => ({ value: name, label: planWords(name) })),
        ]}
      />
      {change.error && <FailureNote error={change.error} />}
    </>
  );
}

import { HOUR, MINUTE, SECOND } from '../calendar.ts';
import type { Draft } from '../draft.ts';
import { cardTarget } from '../estate.ts';
import { deed, moment, systemEvent } from '../world.ts';
import { type Happening, onDuty, type State, treasurer } from './state.ts';

const PRICE = { coastal: 4900, fleet: 19900 } as const;

/** Invoices and cards. Amounts are in cents. */
export const BILLING: readonly Happening[] = [
  { name: 'invoice', perYear: 10, on: 'any day', tell: (state, day) => invoiced(state, day, true) },
  { name: 'card declined', perYear: 2, on: 'any day', tell: (state, day) => invoiced(state, day, false) },
  { name: 'plan changed', perYear: 2, on: 'workday', tell: planChanged },
  { name: 'plan changed back', perYear: 1, on: 'workday', tell: planChanged },
  {
    name: 'cancelled by mistake',
    perYear: 1,
    on: 'workday',
    tell: (state, day) => {
      const shift = onDuty(state, day, treasurer);
      const ts = moment(shift, state.chance, 0.1, 0.7);
      const plan = state.plan;
      return [
        deed(
          shift,
          ts,
          'billing.subscription_cancelled',
          subscription(state),
          { plan, reason: 'Test organisation' },
          null,
        ),
        deed(shift, ts + 12 * MINUTE, 'billing.subscription_resumed', subscription(state), { plan }, null),
      ];
    },
  },
  {
    name: 'card replaced',
    perYear: 2,
    on: 'workday',
    tell: (state, day) => {
      const shift = onDuty(state, day, treasurer);
      const ts = moment(shift, state.chance, 0.2, 0.7);
      const last4 = String(state.chance.int(1000, 9999));
      const [oldCard, newCard] = [card(state, state.card), card(state, last4)];
      state.card = last4;
      state.cards.push({ since: ts, last4 });
      const reason = 'Old card expires';
      return [
        deed(shift, ts, 'billing.payment_method_added', newCard, { brand: 'visa', last4 }, null),
        deed(shift, ts + 2 * MINUTE, 'billing.payment_method_updated', newCard, { default: true, reason }, null),
        deed(shift, ts + 5 * MINUTE, 'billing.payment_method_removed', oldCard, { brand: 'visa', reason }, null),
      ];
    },
  },
  {
    name: 'refund',
    perYear: 2,
    on: 'workday',
    tell: (state, day) => {
      const shift = onDuty(state, day, treasurer);
      const about = { amount: state.chance.int(5, 60) * 100, currency: 'EUR', reason: 'Charged twice' };
      return [systemEvent(moment(shift, state.chance), 'billing.refund_issued', subscription(state), about)];
    },
  },
];

function invoiced(state: State, day: number, accepted: boolean): readonly Draft[] {
  const { chance } = state;
  const ts = state.world.calendar.startOf(day) + HOUR + chance.int(0, 3600) * SECOND;
  const number = `AQ-${1000 + ++state.serial}`;
  const invoice = { type: 'invoice', id: `invoice_${chance.hex(8)}`, name: number };
  const amount = PRICE[state.plan];
  const about = { amount, currency: 'EUR' };
  const paid = (at: number) => systemEvent(at, 'billing.payment_succeeded', invoice, { ...about, last4: state.card });
  const issued = systemEvent(ts, 'billing.invoice_generated', invoice, { ...about, plan: state.plan });
  if (accepted) return [issued, paid(ts + 8 * SECOND)];
  const declined = { ...about, last4: state.card, reason: 'card_declined', attempt: 1 };
  return [issued, systemEvent(ts + 8 * SECOND, 'billing.payment_failed', invoice, declined), paid(ts + 8 * HOUR)];
}

function planChanged(state: State, day: number): readonly Draft[] {
  const shift = onDuty(state, day, treasurer);
  const from = state.plan;
  const to = from === 'coastal' ? 'fleet' : 'coastal';
  state.plan = to;
  const action = to === 'fleet' ? 'billing.subscription_upgraded' : 'billing.subscription_downgraded';
  const reason = to === 'fleet' ? 'Longer retention needed' : 'Budget review';
  return [deed(shift, moment(shift, state.chance), action, subscription(state), { from, to, reason }, null)];
}

function subscription(state: State): { type: string; id: string; name: string } {
  const { organisation } = state.world.estate;
  return { type: 'subscription', id: organisation.id.replace('org_', 'sub_'), name: organisation.name };
}

function card(state: State, last4: string): { type: string; id: string; name: string } {
  return cardTarget(state.world.estate, last4);
}

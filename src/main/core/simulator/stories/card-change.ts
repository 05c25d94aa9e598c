import { MINUTE, SECOND } from '../calendar.ts';
import { cardTarget } from '../estate.ts';
import { inPart } from '../people.ts';
import { deed, dutyShift } from '../world.ts';
import { dayNear, onSunday, type Story } from './story.ts';

/** Somebody who never sees to money replaces the card, on a Sunday before dawn. */
export const cardChange: Story = {
  name: 'card-change',
  title: 'The payment card is replaced on a Sunday night by somebody who never handles billing',
  daysNeeded: 1,
  tell: (ground) => {
    const { world, chance, chronicle } = ground;
    const person = inPart(world.cast, 'card-changer');
    const day = dayNear(ground, 0.85, onSunday);
    const shift = dutyShift(world, person, day);
    const place = { ...shift.place, address: shift.habits.home(day) };
    const atHome = { ...shift, place };
    const night = world.calendar.at(day, person.office.zone, 4 * 60 + chance.int(0, 55));
    const ts = night + chance.int(0, 59) * SECOND;
    const last4 = String(chance.int(1000, 9999));
    const old = chronicle.cardAt(ts);
    const newCard = cardTarget(world.estate, last4);
    const oldCard = cardTarget(world.estate, old);
    const added = { brand: 'mastercard', last4, country: 'unknown' };
    return {
      drafts: [
        deed(atHome, ts, 'user.login', null, { method: 'password', two_factor: false }),
        deed(atHome, ts + 2 * MINUTE, 'billing.payment_method_added', newCard, added, null),
        deed(atHome, ts + 3 * MINUTE, 'billing.payment_method_updated', newCard, { default: true }, null),
        deed(atHome, ts + 4 * MINUTE, 'billing.payment_method_removed', oldCard, { brand: 'visa', last4: old }, null),
      ],
    };
  },
};

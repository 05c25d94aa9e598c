import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Office, officeHours, officeProblem, officesOr } from '../../src/shared/office.ts';
import { hoursText, officeText } from '../../src/shared/office-words.ts';

const LISBON: Office = {
  id: 'lisbon',
  name: 'Lisbon',
  zone: 'Europe/Lisbon',
  weekdays: [1, 2, 3, 4, 5],
  opens: '09:00',
  closes: '18:00',
  holidays: [{ date: '2026-06-10', name: 'Portugal Day' }],
};
const NIGHT: Office = { ...LISBON, id: 'night', name: 'Watch', opens: '22:00', closes: '06:00', holidays: [] };
const at = (text: string) => Date.parse(text);
const open = (office: Office, text: string) => officeHours([office]).isOpen(at(text));

describe('office hours', () => {
  it('begin and end on the office’s own clock, in summer and in winter', () => {
    // Lisbon is at UTC in winter and an hour ahead in summer.
    expect([open(LISBON, '2026-01-14T08:59:59.999Z'), open(LISBON, '2026-01-14T09:00:00Z')]).toEqual([false, true]);
    expect([open(LISBON, '2026-07-14T07:59:59.999Z'), open(LISBON, '2026-07-14T08:00:00Z')]).toEqual([false, true]);
    expect([open(LISBON, '2026-07-14T16:59:59.999Z'), open(LISBON, '2026-07-14T17:00:00Z')]).toEqual([true, false]);
    expect(open(LISBON, '2026-07-18T11:00:00Z')).toBe(false);
  });

  it('do not take place on a holiday, which has a name', () => {
    expect(open(LISBON, '2026-06-10T11:00:00Z')).toBe(false);
    expect(open(LISBON, '2026-06-11T11:00:00Z')).toBe(true);
    expect(officeHours([LISBON]).holidaysAt(at('2026-06-10T11:00:00Z'))).toEqual([
      { office: 'Lisbon', holiday: 'Portugal Day' },
    ]);
    // The holiday is one of Lisbon's days: 23:30 UTC of the ninth is already the tenth there.
    expect(officeHours([LISBON]).holidaysAt(at('2026-06-09T23:30:00Z'))).toHaveLength(1);
  });

  it('go on past midnight; the shift belongs to the day on which it began', () => {
    // Friday's runs into Saturday, Sunday has none that would run into Monday.
    expect(open(NIGHT, '2026-01-17T05:59:00Z')).toBe(true);
    expect(open(NIGHT, '2026-01-17T06:00:00Z')).toBe(false);
    expect(open(NIGHT, '2026-01-17T22:30:00Z')).toBe(false);
    expect(open(NIGHT, '2026-01-19T05:00:00Z')).toBe(false);
    const closed = { ...NIGHT, holidays: [{ date: '2026-01-16', name: '' }] };
    expect(open(closed, '2026-01-17T05:00:00Z')).toBe(false);
    expect(open(closed, '2026-01-16T05:00:00Z')).toBe(true);
  });

  it('are an hour shorter or longer in a night when clocks change', () => {
    const everyNight = { ...NIGHT, weekdays: [1, 2, 3, 4, 5, 6, 7] };
    const lengths = (from: string, to: string) =>
      officeHours([everyNight])
        .between(at(from), at(to))
        .map(({ start, end }) => (end - start) / 3_600_000);
    expect(lengths('2026-03-28T12:00:00Z', '2026-03-29T12:00:00Z')).toEqual([7]);
    expect(lengths('2026-10-24T12:00:00Z', '2026-10-25T12:00:00Z')).toEqual([9]);
    expect(lengths('2026-10-25T12:00:00Z', '2026-10-26T12:00:00Z')).toEqual([8]);
  });

  it('are those of any office, and equal opening and closing is all day', () => {
    const singapore: Office = { ...LISBON, id: 'sg', name: 'Singapore', zone: 'Asia/Singapore', holidays: [] };
    const both = officeHours([LISBON, singapore]);
    expect([both.isOpen(at('2026-06-10T02:00:00Z')), both.isOpen(at('2026-06-10T14:00:00Z'))]).toEqual([true, false]);
    expect(both.between(at('2026-07-15T00:00:00Z'), at('2026-07-16T00:00:00Z'))).toEqual([
      { start: at('2026-07-15T01:00:00Z'), end: at('2026-07-15T17:00:00Z') },
    ]);
    const always = { ...LISBON, opens: '00:00', closes: '00:00', weekdays: [1, 2, 3, 4, 5, 6, 7], holidays: [] };
    expect(officeHours([always]).between(at('2026-03-28T00:00:00Z'), at('2026-04-02T00:00:00Z'))).toEqual([
      { start: at('2026-03-28T00:00:00Z'), end: at('2026-04-02T00:00:00Z') },
    ]);
  });

  it('are the same asked for an instant and for a span', () => {
    const zones = ['Europe/Lisbon', 'America/St_Johns', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'UTC'];
    const clock = fc.integer({ min: 0, max: 95 }).map((n) => {
      const text = (value: number) => String(value).padStart(2, '0');
      return `${text(Math.floor(n / 4))}:${text((n % 4) * 15)}`;
    });
    const office = fc.record({
      zone: fc.constantFrom(...zones),
      weekdays: fc.uniqueArray(fc.integer({ min: 1, max: 7 })),
      opens: clock,
      closes: clock,
    });
    const from = at('2026-03-01T00:00:00Z');
    const year = 365 * 86_400_000;
    fc.assert(
      fc.property(fc.array(office, { minLength: 1, maxLength: 3 }), fc.integer({ min: 0, max: year }), (some, n) => {
        const offices = some.map((one, i): Office => ({ ...LISBON, ...one, id: String(i), holidays: [] }));
        const hours = officeHours(offices);
        const ms = from + n;
        const within = hours.between(ms, ms + 1).length > 0;
        expect(within).toBe(hours.isOpen(ms));
      }),
    );
  });
});

describe('an office', () => {
  it('says in words when it is open', () => {
    expect(officeText(LISBON)).toBe('Lisbon: Monday to Friday, 09:00–18:00 (Europe/Lisbon)');
    expect(hoursText({ ...NIGHT, weekdays: [1, 2, 6] })).toBe('Monday, Tuesday and Saturday, 22:00–06:00 the next day');
    expect(hoursText({ weekdays: [7, 1, 2, 3, 4, 5, 6], opens: '00:00', closes: '00:00' })).toBe(
      'every day, around the clock',
    );
  });

  it.each([
    ['name', { name: ' ' }],
    ['name', { id: 'other', name: 'lisbon' }],
    ['zone', { zone: 'Europe/Atlantis' }],
    ['weekdays', { weekdays: [] }],
    ['hours', { opens: '9:00' }],
    ['holidays', { holidays: [{ date: '2026-02-30', name: '' }] }],
    ['holidays', { holidays: [LISBON.holidays[0]!, LISBON.holidays[0]!] }],
  ])('is refused for its %s', (field, change) => {
    expect(officeProblem({ ...LISBON, ...change }, [LISBON])).toMatchObject({ field });
    expect(officeProblem(LISBON, [LISBON, NIGHT])).toBeNull();
  });

  it('is weekdays from seven to eight while nobody says otherwise', () => {
    expect(officesOr(null, 'Asia/Tokyo')).toMatchObject([{ zone: 'Asia/Tokyo', opens: '07:00', closes: '20:00' }]);
    expect(officesOr([], 'Asia/Tokyo')).toHaveLength(1);
    expect(officesOr([LISBON], 'Asia/Tokyo')).toEqual([LISBON]);
  });
});

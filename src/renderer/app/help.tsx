import { Modal } from '@mantine/core';
import { Fragment } from 'react';
import { Key } from '../ui/small.tsx';
import { SCREENS, SETTINGS } from './screens.ts';
import s from './shell.module.css';

const GROUPS: readonly (readonly [
  title: string,
  keys: readonly (readonly [keys: readonly string[], what: string])[],
])[] = [
  [
    'Everywhere',
    [
      [['/'], 'search'],
      [['Ctrl K'], 'go to or do'],
      [['Ctrl L'], 'lock the archive'],
      [['Ctrl ,'], 'settings'],
      ...[...SCREENS, SETTINGS].map((one) => [['g', one.letter], `go to ${one.name}`] as const),
      [['Esc'], 'close one layer'],
      [['g', 'v'], 'saved views'],
      [['z'], 'times in UTC, this machine’s or the archive’s zone'],
      [['?'], 'these keys'],
    ],
  ],
  [
    'Explorer',
    [
      [['j', 'k'], 'next, previous entry (also ↓ ↑)'],
      [['Enter'], 'open the entry'],
      [['Page Up', 'Page Down'], 'a page'],
      [['Home', 'End'], 'newest, oldest entry'],
      [['[', ']'], 'earlier, later period'],
      [['+', '-'], 'a shorter, longer period'],
      [['r'], 'fold repeats into one row each, or show each'],
      [['→', '←'], 'show each of a row’s repeats, fold them'],
      [['x'], 'select the entry'],
      [['Shift J', 'Shift K'], 'select from here on (also Shift click)'],
      [['Shift X'], 'select all that match'],
      [['t'], 'tag what is selected, or the entry'],
      [['p'], 'pin it, or take the pin away'],
      [['Shift P'], 'pin it into the case that is worked on'],
      [['n'], 'note'],
      [['u'], 'undo the last tag, pin or note'],
      [['f', 'Shift F'], 'only, or not, the value under the pointer'],
      [['a'], 'all by whoever did it, at any time'],
      [['i'], 'all from its address'],
      [['o'], 'all on what it was done to'],
      [['c'], 'copy the opened entry'],
    ],
  ],
  [
    'Findings',
    [
      [['j', 'k'], 'next, previous finding (also ↓ ↑)'],
      [['x'], 'select it, for one decision on many'],
      [['Shift J', 'Shift K'], 'select from here on'],
      [['c'], 'confirm'],
      [['e'], 'expected, until a date'],
      [['n'], 'false alarm'],
      [['l'], 'later, after a date'],
      [['p'], 'put into a case, or open one'],
      [['Shift P'], 'into the case that is worked on'],
      [['m'], 'note'],
      [['r'], 'open again'],
      [['u'], 'undo the last decision'],
      [['s'], 'suppress what the rule finds'],
      [['o'], 'open its entries in the Explorer'],
    ],
  ],
  [
    'Reviews',
    [
      [['n'], 'start a review'],
      [['j', '↓', '↑'], 'next, previous item'],
      [[']', '['], 'next, previous item to decide'],
      [['a', 'd', 'n'], 'entries: appropriate, deviation, not applicable'],
      [['k', 'r', 'c', 'x'], 'access: keep, revoke, change, exception'],
      [['Shift'], 'with that letter: with a reason, evidence or ticket'],
      [['Space'], 'select, for one decision on many'],
      [['Shift J'], 'select from here on (also Shift ↓)'],
      [['Ctrl A'], 'select all that is to decide'],
      [['u'], 'undo the last decision'],
      [['Enter'], 'the item in full'],
      [['e'], 'raise an exception'],
      [['s'], 'sign'],
    ],
  ],
  [
    'Investigations',
    [
      [['n'], 'new case; in a case an event that no log holds'],
      [['j', 'k'], 'next, previous event or suggestion (also ↓ ↑)'],
      [['t', 's', 'y', 'h'], 'timeline, suggestions, story, notes and history'],
      [['a', 'r'], 'accept (pin), reject a suggestion'],
      [['Shift A'], 'accept all that is suggested'],
      [['x'], 'select the event (also Space)'],
      [['Shift J', 'Shift K'], 'select from here on'],
      [['f'], 'show each of its repeats, or fold them'],
      [['p'], 'phase and technique'],
      [['c'], 'compare two events side by side'],
      [['Enter'], 'the event in full'],
      [['o'], 'open its entry in the Explorer'],
      [['d'], 'take it out of the timeline'],
      [['m'], 'note'],
      [['l'], 'lanes by phase, actor, address, target'],
      [['+', '-', '0'], 'a shorter, longer stretch; all of it'],
      [['[', ']'], 'earlier, later'],
      [['Ctrl I'], 'cite an event in the story'],
      [['e'], 'title, times and record of the case'],
      [['Shift C'], 'close the case'],
      [['u'], 'undo (also Ctrl Z)'],
    ],
  ],
];

export function Help({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title="Keys"
      size={660}
      padding="lg"
      styles={{ title: { fontWeight: 600, fontSize: 16 } }}
      closeButtonProps={{ 'aria-label': 'Close' }}
      attributes={{ header: { role: 'presentation' } }}
    >
      <div className={s.help}>
        {GROUPS.map(([title, keys]) => (
          <section key={title} aria-label={title}>
            <h3>{title}</h3>
            <dl>
              {keys.map(([names, what]) => (
                <Fragment key={what}>
                  <dt>
                    {names.map((name) => (
                      <Key key={name}>{name}</Key>
                    ))}
                  </dt>
                  <dd>{what}</dd>
                </Fragment>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Modal>
  );
}

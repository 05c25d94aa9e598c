import { expect, it } from 'vitest';
import { scheduleFile } from '../../src/main/shell/services/schedule-file.ts';
import { tellSeen } from '../../src/main/shell/services/tell-seen.ts';
import { NO_SCHEDULE } from '../../src/shared/schedule.ts';
import { temporaryFolder } from '../support/ports.ts';

const AGAIN = { id: 'C-4', title: 'Night sign-in', label: '203.0.113.9', entries: 2, reopened: true };

function setUp({ supported = true, notify }: { supported?: boolean; notify?: boolean } = {}) {
  const userData = temporaryFolder();
  if (notify !== undefined) {
    const file = scheduleFile(userData);
    file.write({ ...file.read(), archives: { a: { ...NO_SCHEDULE, notify } } });
  }
  const announced: string[] = [];
  const shown: string[] = [];
  const context = {
    userData,
    announce: (event: string) => void announced.push(event),
    notifications: { supported: () => supported, show: ({ body }: { body: string }) => void shown.push(body) },
  };
  return { context, announced, shown };
}

const ARCHIVE = { id: 'a', demo: false };
const TOLD = 'Something that C-4 watches was seen again, which was opened again.';

it('tells window and desktop what case saw something again, and nothing that the log or the case says', () => {
  for (const { context, announced, shown } of [setUp(), setUp({ notify: true })]) {
    tellSeen(context, ARCHIVE, [AGAIN]);
    tellSeen(context, ARCHIVE, [{ ...AGAIN, id: 'C-9', reopened: false }, AGAIN]);
    expect(announced).toEqual(['cases.changed', 'cases.changed']);
    expect(shown).toEqual([TOLD, 'Something that C-9 watches was seen again. And 1 more.']);
    expect(shown.join()).not.toMatch(/Night|203/);
  }
});

it('leaves the desktop alone where notifications are off, cannot be shown, or the archive is made up', () => {
  const off = setUp({ notify: false });
  const none = setUp({ supported: false });
  const demo = setUp();
  tellSeen(off.context, ARCHIVE, [AGAIN]);
  tellSeen(none.context, ARCHIVE, [AGAIN]);
  tellSeen(demo.context, { id: 'a', demo: true }, [AGAIN]);
  for (const { announced, shown } of [off, none, demo]) {
    expect(announced).toEqual(['cases.changed']);
    expect(shown).toEqual([]);
  }
  // Off for one archive is not off for another.
  tellSeen(off.context, { id: 'b', demo: false }, [AGAIN]);
  expect(off.shown).toEqual([TOLD]);
});

it('says nothing where nothing was seen', () => {
  const { context, announced, shown } = setUp();
  tellSeen(context, ARCHIVE, []);
  expect([...announced, ...shown]).toEqual([]);
});

import { describe, expect, it } from 'vitest';
import type { SealSigner } from '../../../src/main/core/archive/integrity/seal-key.ts';
import { PARTS } from '../../../src/main/core/bundle/format.ts';
import type { Part } from '../../../src/main/core/bundle/tar.ts';
import {
  bundleOf,
  edited,
  type Fields,
  independently,
  partsOf,
  sealedArchive,
  signedAnew,
  verdictOf,
} from './support/bundled.ts';
import { createEvidenceKey } from './support/other-key.ts';

const ENTRIES = PARTS.entries(1);

/** Changes one line's fields. */
const lineOf = (name: string, at: number, change: (line: Fields) => void) => (parts: readonly Part[]) =>
  edited(parts, name, (lines) =>
    lines.map((text, i) => {
      if (i !== at) return text;
      const line = JSON.parse(text) as Fields;
      change(line);
      return JSON.stringify(line);
    }),
  );
const dropped = (name: string, at: number) => (parts: readonly Part[]) =>
  edited(parts, name, (lines) => lines.filter((_line, i) => i !== at));
const swapped = (name: string, a: number, b: number) => (parts: readonly Part[]) =>
  edited(parts, name, (lines) => lines.map((line, i) => (i === a ? lines[b]! : i === b ? lines[a]! : line)));
const flipped = (hex: string): string => (hex.startsWith('0') ? '1' : '0') + hex.slice(1);

/** What even the owner of the key cannot do unnoticed: the manifest is made anew and signed each time. */
const PROVEN: Readonly<Record<string, (parts: readonly Part[]) => Part[]>> = {
  'a byte of an entry': lineOf(ENTRIES, 3, (line) => {
    line.raw = line.raw.replace('Ops', 'Opz');
  }),
  'a byte of a later content': lineOf(ENTRIES, 13, (line) => {
    line.raw = line.raw.replace('created', 'started');
  }),
  'white space in an entry': lineOf(ENTRIES, 3, (line) => {
    line.raw = ` ${line.raw}`;
  }),
  'the key of an entry': lineOf(ENTRIES, 3, (line) => {
    line.key += 1_000_000_000_000;
  }),
  'a hash of a proof': lineOf(ENTRIES, 3, (line) => {
    line.proof = flipped(line.proof);
  }),
  'a proof cut short': lineOf(ENTRIES, 3, (line) => {
    line.proof = line.proof.slice(64);
  }),
  'a proof made longer': lineOf(ENTRIES, 3, (line) => {
    line.proof += line.proof.slice(0, 64);
  }),
  'the place in a proof': lineOf(ENTRIES, 3, (line) => {
    line.index += 1;
  }),
  'the size of a tree': lineOf(ENTRIES, 3, (line) => {
    line.size += 1;
  }),
  'the seal of an entry': lineOf(ENTRIES, 3, (line) => {
    line.seal -= 1;
  }),
  'the day of an entry, one without neighbours': lineOf(ENTRIES, 0, (line) => {
    line.key += 86_400_000 * 2048;
  }),
  'entries in another order': swapped(ENTRIES, 3, 4),
  'the raw bytes of two entries': (parts) =>
    edited(parts, ENTRIES, (lines) => {
      const [a, b] = [JSON.parse(lines[3]!) as Fields, JSON.parse(lines[4]!) as Fields];
      return lines.map((line, i) => (i === 3 ? JSON.stringify({ ...a, raw: b.raw }) : line));
    }),
  'an entry twice': (parts) =>
    edited(parts, ENTRIES, (lines) => lines.flatMap((line, i) => (i === 3 ? [line, line] : line))),
  'a line that is none': (parts) => edited(parts, ENTRIES, (lines) => [...lines, '{"key":1']),
  'a seal’s text': lineOf(PARTS.seals, 2, (line) => {
    line.text = line.text.replace(/"at":(\d)/, '"at":9');
  }),
  'a seal’s signature': lineOf(PARTS.seals, 2, (line) => {
    line.signature = flipped(line.signature);
  }),
  'a seal taken out': dropped(PARTS.seals, 2),
  'the first seal taken out': dropped(PARTS.seals, 0),
  'the newest seal taken out': (parts) => edited(parts, PARTS.seals, (lines) => lines.slice(0, -1)),
  'seals in another order': swapped(PARTS.seals, 1, 2),
  'a day’s coverage': lineOf(PARTS.coverage, 1, (line) => {
    line.served += 1;
  }),
  'a partial day called complete': lineOf(PARTS.coverage, 2, (line) => {
    line.state = 'lost';
  }),
  'a line of the reviewers’ log': lineOf(PARTS.journal, 1, (line) => {
    line.by = 'Somebody else';
  }),
  'a line of the reviewers’ log taken out': dropped(PARTS.journal, 0),
  'the end of the reviewers’ log': (parts) => edited(parts, PARTS.journal, (lines) => lines.slice(0, -1)),
};

/** What takes the key: without it, each shows in the manifest. */
const SIGNED: Readonly<Record<string, (parts: readonly Part[]) => Part[]>> = {
  'a finding': lineOf(PARTS.findings, 0, (line) => {
    line.severity = 'info';
  }),
  'a finding taken out': dropped(PARTS.findings, 0),
  'a rule': lineOf(PARTS.rules, 0, (line) => {
    line.enabled = false;
  }),
  'an entry taken out': dropped(ENTRIES, 3),
  'an entry that no seal proves': (parts) => edited(parts, ENTRIES, (lines) => lines.slice(0, -1)),
  'a proof taken away': lineOf(ENTRIES, 3, (line) => {
    line.proof = undefined;
    line.seal = null;
  }),
  'a part taken out': (parts) => parts.filter(({ name }) => name !== PARTS.rules),
  'a part put in': (parts) => [{ name: 'reports/x.pdf', content: Buffer.from('x') }, ...parts],
  'a part behind the manifest': (parts) => [...parts, { name: 'reports/x.pdf', content: Buffer.from('x') }],
  'parts in another order': ([first, second, ...rest]) => [second!, first!, ...rest],
  'the head of the manifest': (parts) =>
    manifestWith(parts, (one) => ({ ...one, head: { ...one.head, hash: '0'.repeat(64) } })),
  'the key of the manifest': (parts) => manifestWith(parts, (one) => ({ ...one, key: '1'.repeat(64) })),
  'what was asked for': (parts) => manifestWith(parts, (one) => ({ ...one, asked: { ...one.asked, query: 'all' } })),
  'the name of the archive': (parts) =>
    manifestWith(parts, (one) => ({ ...one, archive: { ...one.archive, name: 'x' } })),
  'no signature': (parts) => parts.filter(({ name }) => name !== PARTS.signature),
  'no manifest': (parts) => parts.filter(({ name }) => name !== PARTS.manifest),
};

function manifestWith(parts: readonly Part[], change: (manifest: Fields) => Fields): Part[] {
  return parts.map((part) =>
    part.name === PARTS.manifest
      ? { ...part, content: Buffer.from(JSON.stringify(change(JSON.parse(part.content.toString()) as Fields))) }
      : part,
  );
}

/** Rejected by Logbook and by the verifier that knows nothing of it. */
async function expectRejected(parts: readonly Part[], known: { key: string; head: string }): Promise<void> {
  const verdict = await verdictOf(parts, { key: known.key, heads: [known.head] }).catch(() => null);
  expect(verdict?.found ?? 1).toBeGreaterThan(0);
  const alone = independently(parts, [known.key, known.head]);
  expect(alone).toMatchObject({ code: 1, out: expect.stringMatching(/\S/) });
}

type Made = { readonly parts: Part[]; readonly signer: SealSigner; readonly known: { key: string; head: string } };

describe('an altered bundle is rejected, by Logbook and by the independent verifier', () => {
  let plain: Promise<Made> | null = null;
  // One for all: an alteration makes parts of its own.
  const made = (): Promise<Made> => {
    plain ??= make(false);
    return plain;
  };

  it('and one that is not altered is not', async () => {
    const { parts, signer, known } = await made();
    for (const one of [parts, signedAnew(parts, signer)]) {
      expect((await verdictOf(one, { key: known.key, heads: [known.head] })).problems).toEqual([]);
      expect(independently(one, [known.key, known.head])).toMatchObject({ code: 0 });
    }
  });

  it.each(Object.entries(PROVEN))('%s, even by whoever has the key', async (_what, alter) => {
    const { parts, signer, known } = await made();
    const altered = alter(parts);
    await expectRejected(altered, known);
    if (_what !== 'a line that is none') await expectRejected(signedAnew(altered, signer), known);
  });

  it.each(Object.entries(SIGNED))('%s', async (_what, alter) => {
    const { parts, known } = await made();
    await expectRejected(alter(parts), known);
  });

  it('another archive’s, and one signed with another key throughout', async () => {
    const { parts, known } = await made();
    const other = await make(false);
    await expectRejected(other.parts, known);
    const key = createEvidenceKey();
    const own = signedAnew(parts, key, (one) => ({
      ...one,
      key: Buffer.from(key.key.bytes).toString('hex'),
      fingerprint: key.key.fingerprint,
    }));
    await expectRejected(own, known);
    // Whoever knows only a head from outside sees it as well: the seals are of the other key.
    expect(independently(own, [known.head])).toMatchObject({ code: 1 });
  });

  const REDACTED: Readonly<Record<string, (line: Fields) => void>> = {
    'an open field': (line) => {
      line.fields.find((field: unknown[]) => field[2] !== null)[1] = 'something else';
    },
    'the path of a field': (line) => {
      line.fields.find((field: unknown[]) => field[2] !== null)[0] = ['other'];
    },
    'a commitment': (line) => {
      const field = line.fields.find((one: unknown[]) => one[2] === null);
      field[3] = flipped(field[3]);
    },
    'a salt': (line) => {
      const field = line.fields.find((one: unknown[]) => one[2] !== null);
      field[2] = flipped(field[2]);
    },
    'a field taken out': (line) => line.fields.pop(),
    'fields in another order': (line) => line.fields.reverse(),
    'the leaf hash': (line) => {
      line.leaf = flipped(line.leaf);
    },
  };
  let redacted: Promise<Made> | null = null;
  it.each(Object.entries(REDACTED))('pseudonymised: %s, even by whoever has the key', async (_what, change) => {
    redacted ??= make(true);
    const { parts, signer, known } = await redacted;
    const altered = lineOf(ENTRIES, 3, change)(parts);
    await expectRejected(altered, known);
    await expectRejected(signedAnew(altered, signer), known);
  });
});

async function make(pseudonymise: boolean): Promise<Made> {
  const { reader, signer } = await sealedArchive();
  const { publicKey, hash } = reader.head()!;
  return {
    parts: await partsOf(await bundleOf(reader, { pseudonymise })),
    signer,
    known: { key: publicKey, head: hash },
  };
}

import { describe, expect, it } from 'vitest';
import { nonceOf, stampRequest } from '../../../src/main/core/stamp/stamp.ts';
import { unwrap } from '../../../src/shared/errors.ts';
import { realRandom } from '../../support/ports.ts';
import { hasOpenssl, makeAuthority, stampBy } from '../../support/time-authority.ts';
import { bundleOf, independently, partsOf, sealedArchive, signedAnew, verdictOf } from './support/bundled.ts';

const NO_TRUST = { key: null, heads: [] };

describe.runIf(hasOpenssl())('time stamps in a bundle', () => {
  it('stand behind the seals, and one of another head is found, though the owner signed the bundle anew', async () => {
    const { reader, writer, signer } = await sealedArchive();
    const authority = makeAuthority();
    const stampOf = (hash: string) => stampBy(authority, stampRequest(hash, nonceOf(realRandom.bytes(8))));
    const head = reader.head()!;
    for (const _twice of [1, 2]) unwrap(writer.keepStamp({ seal: head.sequence, response: stampOf(head.hash) }));

    const parts = await partsOf(await bundleOf(reader));
    const names = parts.map(({ name }) => name);
    const number = String(head.sequence).padStart(6, '0');
    expect(names.filter((name) => name.startsWith('stamps/'))).toEqual([
      `stamps/${number}.tsr`,
      `stamps/${number}-2.tsr`,
    ]);
    expect(names.indexOf(`stamps/${number}.tsr`)).toBeGreaterThan(names.indexOf('seals.ndjson'));
    expect(await verdictOf(parts, NO_TRUST)).toMatchObject({ found: 0 });
    expect(independently(parts, [head.hash]).code).toBe(0);

    const put = (name: string, content: Buffer) =>
      signedAnew(
        parts.map((part) => (part.name === `stamps/${number}.tsr` ? { name, content } : part)),
        signer,
      );
    const other = await verdictOf(put(`stamps/${number}.tsr`, stampOf('ab'.repeat(32))), NO_TRUST);
    expect(other.problems).toEqual([
      `The time stamp of seal ${head.sequence} does not fit: it is of something else than this head.`,
    ]);
    const nowhere = await verdictOf(put('stamps/009999.tsr', stampOf(head.hash)), NO_TRUST);
    expect(nowhere.problems).toEqual(['stamps/009999.tsr is of a seal that is not there.']);
    reader.close();
  });
});

import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { ArchiveReader } from '../../../src/main/core/archive/reader.ts';
import { exportEntries } from '../../../src/main/core/export/export.ts';
import { WHOLE_ARCHIVE } from '../../../src/main/core/search/plan.ts';
import { unwrap } from '../../../src/shared/errors.ts';
import { EXPORT_FORMATS, type ExportFormat } from '../../../src/shared/export-format.ts';
import { temporaryFolder } from '../../support/ports.ts';
import { archiveOf, RESOURCES } from './support/archive-of.ts';

const KINDS: readonly (readonly [name: string, format: ExportFormat, partition: 'month' | undefined])[] = [
  ...EXPORT_FORMATS.map((format) => [format, format, undefined] as const),
  ['parquet in partitions', 'parquet', 'month'],
];

function entries(n: number): object[] {
  return Array.from({ length: n }, (_, i) => ({
    id: `log_${i}`,
    timestamp: new Date(Date.UTC(2026, 0, 1) + i * 60_000).toISOString(),
    action: 'user.login',
    actor: { id: `user_${i}`, name: `Somebody ${i}`, email: `s${i}@example.com` },
    // Text that does not compress.
    metadata: { note: Array.from({ length: 40 }, (_, k) => ((i + 1) * (k + 7) * 2654435761) % 0xffffffff).join(' ') },
  }));
}

describe('an export', () => {
  it.each(KINDS)(
    'as %s that is cancelled leaves nothing, and what was there as it was',
    async (_name, format, partition) => {
      const writer = await archiveOf(entries(9_000));
      const folder = temporaryFolder();
      const out = join(folder, 'all');
      if (!partition) writeFileSync(out, 'before');
      const cancel = { aborted: false };
      const request = { format, out, resourcesDir: RESOURCES, ...(partition ? { partition } : {}), signal: cancel };
      const seen: string[] = [];
      const result = await exportEntries(writer, WHOLE_ARCHIVE, {
        ...request,
        onProgress({ done }) {
          seen.push(...readdirSync(folder));
          cancel.aborted = done >= 4_000;
        },
      });
      expect(result).toMatchObject({ ok: false, error: { code: 'cancelled' } });
      // While it runs there is a hidden draft beside the target, and no half of the target.
      expect(seen.some((name) => name.startsWith('.all.') && name.endsWith('.part'))).toBe(true);
      expect(seen.includes('all')).toBe(!partition);
      expect(readdirSync(folder)).toEqual(partition ? [] : ['all']);
      if (!partition) expect(readFileSync(out, 'utf8')).toBe('before');
      cancel.aborted = false;
      expect(unwrap(await exportEntries(writer, WHOLE_ARCHIVE, request)).entries).toBe(9_000);
      expect(readdirSync(folder)).toEqual(['all']);
    },
  );

  it.each(KINDS)('as %s on a full disk leaves nothing', async (_name, format, partition) => {
    if (process.platform !== 'linux' || process.getuid?.() !== 0) {
      console.warn('NOT TRIED: an export to a full disk; mounting a small tmpfs needs root on Linux.');
      return;
    }
    const writer = await archiveOf(entries(6_000));
    const small = join(temporaryFolder(), 'small');
    mkdirSync(small);
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=512k', 'tmpfs', small]);
    onTestFinished(() => void execFileSync('umount', ['-l', small]));
    const request = { format, out: join(small, 'all'), resourcesDir: RESOURCES, ...(partition ? { partition } : {}) };
    expect(await exportEntries(writer, WHOLE_ARCHIVE, request)).toMatchObject({
      ok: false,
      error: { code: 'disk', message: expect.stringContaining('disk is full') },
    });
    expect(readdirSync(small)).toEqual([]);
  });

  it('of a reader that fails leaves nothing', async () => {
    const writer = await archiveOf(entries(10));
    const broken: ArchiveReader = {
      ...writer,
      *rawRows(plan) {
        yield* writer.rawRows(plan);
        throw new Error('gone');
      },
    };
    const folder = temporaryFolder();
    for (const [, format, partition] of KINDS) {
      const request = {
        format,
        out: join(folder, 'all'),
        resourcesDir: RESOURCES,
        ...(partition ? { partition } : {}),
      };
      expect(await exportEntries(broken, WHOLE_ARCHIVE, request)).toMatchObject({ ok: false });
    }
    expect(readdirSync(folder)).toEqual([]);
  });

  it('holds no more memory for more entries', async () => {
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as () => void;
    const writer = await archiveOf(entries(31_000));
    for (const [name, format, partition] of KINDS) {
      const held = new Map<number, number>();
      const measured: ArchiveReader = {
        ...writer,
        *rawRows(plan) {
          let n = 0;
          for (const row of writer.rawRows(plan)) {
            // 10,000 and 30,000 lie alike within Parquet's row groups of 20,000.
            if (++n % 20_000 === 10_000) {
              collect();
              held.set(n, process.memoryUsage().heapUsed);
            }
            yield row;
          }
        },
      };
      const out = join(temporaryFolder(), 'all');
      const request = { format, out, resourcesDir: RESOURCES, ...(partition ? { partition } : {}) };
      unwrap(await exportEntries(measured, WHOLE_ARCHIVE, request));
      const grown = (held.get(30_000) ?? Number.NaN) - (held.get(10_000) ?? Number.NaN);
      // Were the 20,000 entries between still held, their buffers' handles alone would take 4 MiB.
      expect(grown / 2 ** 20, name).toBeLessThan(2);
    }
  });
});

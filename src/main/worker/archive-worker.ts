import { fileURLToPath } from 'node:url';
import { openReader, openWriter } from '../core/archive/open.ts';
import { placesOfArchive } from '../core/geo/shipped-places.ts';
import { systemClock, systemRandom } from '../system-ports.ts';
import { BESIDE_AT_ONCE } from './beside-calls.ts';
import { CASE_AT_ONCE } from './case-calls.ts';
import { AT_ONCE } from './detection-calls.ts';
import { INTEGRITY_AT_ONCE } from './integrity-calls.ts';
import { REPORT_AT_ONCE } from './report-calls.ts';
import { REVIEW_AT_ONCE } from './review-calls.ts';
import { SETTINGS_AT_ONCE } from './settings-calls.ts';
import { serveThread } from './thread-server.ts';

const SCRIPT = fileURLToPath(import.meta.url);

// One script: any number of threads read an archive, one writes it. Each loads what its role needs.
await serveThread(async ({ role, dir, key }) => {
  if (role === 'keeper') {
    const { keyServices } = await import('./key-services.ts');
    const { openBundleServices } = await import('./bundle-services.ts');
    return {
      ok: true,
      value: {
        services: { ...keyServices(dir), ...openBundleServices(dir, SCRIPT) },
        close: () => undefined,
      },
    };
  }
  if (role === 'filler') {
    const { fillArchive } = await import('../core/bundle/fill-archive.ts');
    const { fillServices } = await import('./bundle-services.ts');
    const filling = await fillArchive(dir, { clock: systemClock, random: systemRandom });
    return filling.ok
      ? { ok: true, value: { services: fillServices(filling.value), close: () => void filling.value.close() } }
      : filling;
  }
  if (role === 'verifier') {
    const { verifierServices } = await import('./verifier-services.ts');
    return verifierServices(dir, key);
  }
  if (role !== 'writer') {
    const { readerServices } = await import('./reader-services.ts');
    const { integrityServices } = await import('./integrity-services.ts');
    const reader = openReader(dir, key, role === 'task' ? 'moment' : 'present');
    return reader.ok
      ? {
          ok: true,
          value: {
            services: {
              ...readerServices(reader.value, placesOfArchive(dir)),
              ...integrityServices(reader.value, dir, key, SCRIPT),
            },
            close: () => reader.value.close(),
          },
        }
      : reader;
  }
  const { writerServices } = await import('./writer-services.ts');
  const writer = openWriter(dir, key, { clock: systemClock, random: systemRandom });
  return writer.ok
    ? {
        ok: true,
        value: {
          services: writerServices(writer.value),
          atOnce: new Set([
            ...AT_ONCE,
            ...BESIDE_AT_ONCE,
            ...REVIEW_AT_ONCE,
            ...CASE_AT_ONCE,
            ...SETTINGS_AT_ONCE,
            ...REPORT_AT_ONCE,
            ...INTEGRITY_AT_ONCE,
          ]),
          close: () => writer.value.close(),
        },
      }
    : writer;
});

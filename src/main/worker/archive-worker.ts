import { fileURLToPath } from 'node:url';
import { ok } from '../../shared/errors.ts';
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

// One script: any number of threads read an archive, one writes it. Each loads what its role needs, before it is told what to
// open.
await serveThread(async (role) => {
  if (role === 'keeper') {
    const { keyServices } = await import('./key-services.ts');
    const { openBundleServices } = await import('./bundle-services.ts');
    return ({ dir }) =>
      ok({
        services: { ...keyServices(dir), ...openBundleServices(dir, SCRIPT) },
        close: () => undefined,
      });
  }
  if (role === 'filler') {
    const { fillArchive } = await import('../core/bundle/fill-archive.ts');
    const { fillServices } = await import('./bundle-services.ts');
    return async ({ dir }) => {
      const filling = await fillArchive(dir, { clock: systemClock, random: systemRandom });
      if (!filling.ok) return filling;
      return ok({ services: fillServices(filling.value), close: () => void filling.value.close() });
    };
  }
  if (role === 'verifier') {
    const { verifierServices } = await import('./verifier-services.ts');
    return ({ dir, key }) => verifierServices(dir, key);
  }
  if (role !== 'writer') {
    const { readerServices } = await import('./reader-services.ts');
    const { integrityServices } = await import('./integrity-services.ts');
    return ({ dir, key }) => {
      const opened = openReader(dir, key, role === 'task' ? 'moment' : 'present');
      if (!opened.ok) return opened;
      const reader = opened.value;
      return ok({
        services: { ...readerServices(reader, placesOfArchive(dir)), ...integrityServices(reader, dir, key, SCRIPT) },
        close: () => reader.close(),
      });
    };
  }
  const { writerServices } = await import('./writer-services.ts');
  const atOnce = new Set([
    ...AT_ONCE,
    ...BESIDE_AT_ONCE,
    ...REVIEW_AT_ONCE,
    ...CASE_AT_ONCE,
    ...SETTINGS_AT_ONCE,
    ...REPORT_AT_ONCE,
    ...INTEGRITY_AT_ONCE,
  ]);
  return ({ dir, key }) => {
    const writer = openWriter(dir, key, { clock: systemClock, random: systemRandom });
    if (!writer.ok) return writer;
    return ok({ services: writerServices(writer.value), atOnce, close: () => writer.value.close() });
  };
});

import { setTimeout as pause } from 'node:timers/promises';
import { openWriter } from '../../../../src/main/core/archive/open.ts';
import { createClient } from '../../../../src/main/core/jetty/client.ts';
import { runSync } from '../../../../src/main/core/sync/sync.ts';
import { systemFetch } from '../../../../src/main/system-fetch.ts';
import { unwrap } from '../../../../src/shared/errors.ts';
import { chance, NOW } from './fixtures.ts';

// A process of its own that syncs once, to be killed: `node sync-process.ts DIR KEY_HEX URL TOKEN`.
const [dir = '', key = '', url = '', token = ''] = process.argv.slice(2);
const clock = { now: () => NOW, sleep: async (ms: number) => void (await pause(ms)) };
const writer = unwrap(openWriter(dir, new Uint8Array(Buffer.from(key, 'hex')), { clock, random: chance }));
const client = unwrap(createClient({ address: url, token, fetch: systemFetch(), clock, random: chance }));
const outcome = await runSync({ writer, client, clock });
writer.close();
process.exitCode = outcome.ok ? 0 : 4;

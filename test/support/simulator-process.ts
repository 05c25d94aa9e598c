import { startSimulator } from '../../src/main/core/simulator/server.ts';
import { systemClock } from '../../src/main/system-ports.ts';
import { unwrap } from '../../src/shared/errors.ts';

// A simulator in a process of its own, so that it does not share the processor time of what is measured:
// `node simulator-process.ts OPTIONS_AS_JSON`. Prints its address and token; ends with its standard input.
const options = JSON.parse(process.argv[2] ?? '{}') as object;
const now = Date.now();
const defaults = { port: 0, entries: 1_000, days: 30, seed: 7, now, clock: systemClock };
const simulator = unwrap(await startSimulator({ ...defaults, ...options }));
process.stdout.write(`${JSON.stringify({ url: simulator.url, token: simulator.token })}\n`);
process.stdin.resume().on('end', () => process.exit(0));

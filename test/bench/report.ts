import { availableParallelism } from 'node:os';
import { modelOf, render } from '../core/report/make.ts';
import { sampleQuarter } from '../core/report/sample.ts';

// npm run bench -- report [EXCEPTIONS]: a report of so many exceptions, in this process: time, pages, bytes, memory.

const EXCEPTIONS = Number(process.argv[2] ?? 10_000);

const sample = sampleQuarter(Math.max(25_000, EXCEPTIONS * 2), EXCEPTIONS);
const began = performance.now();
const model = modelOf(sample);
const built = performance.now();
const { pages, bytes } = await render(model);
const ended = performance.now();
const seconds = (ms: number): string => `${(ms / 1_000).toFixed(1)} s`;
process.stdout.write(
  [
    `${model.exceptions.length} exceptions of ${model.population.count} entries, ${availableParallelism()} processors`,
    `model ${seconds(built - began)}, pages and files ${seconds(ended - built)}, together ${seconds(ended - began)}`,
    `${pages} pages, ${(bytes.length / 1e6).toFixed(1)} MB; most memory of the process ${Math.round(process.resourceUsage().maxRSS / 1024)} MB`,
    '',
  ].join('\n'),
);

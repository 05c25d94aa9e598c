import cliProgress from 'cli-progress';
import type { OnProgress } from '../core/ports.ts';
import type { Terminal } from './terminal.ts';

/** A progress bar on standard error where that is a terminal; silent elsewhere. `stop` leaves the line as it is. */
export function progressBar(terminal: Terminal): { readonly onProgress: OnProgress; stop(): void } {
  if (!terminal.interactive) return { onProgress: () => undefined, stop: () => undefined };
  const bar = new cliProgress.SingleBar(
    { format: '{bar} {percentage}% · {note}', barsize: 20, stream: process.stderr, hideCursor: true },
    cliProgress.Presets.shades_classic,
  );
  let started = false;
  return {
    onProgress({ done, total, note }) {
      const goal = total ?? done + 1;
      if (!started) bar.start(goal, done, { note });
      started = true;
      bar.setTotal(goal);
      bar.update(done, { note });
    },
    stop: () => bar.stop(),
  };
}

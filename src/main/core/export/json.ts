import { onOneLine } from './columns.ts';
import type { EncoderFactory } from './encoder.ts';

const NEWLINE = Buffer.from('\n');

/** Entries exactly as received, one a line. */
export const ndjson: EncoderFactory = (write) => ({
  add: (_row, raw) => write(Buffer.concat([onOneLine(raw), NEWLINE])),
  end: () => undefined,
});

/** Entries exactly as received, as the API's array. */
export const json: EncoderFactory = (write) => {
  let before = '[\n';
  return {
    add(_row, raw) {
      write(Buffer.concat([Buffer.from(before), raw]));
      before = ',\n';
    },
    end: () => write(Buffer.from(before === ',\n' ? '\n]\n' : '[]\n')),
  };
};

import type { EntryRow } from '../../../shared/entry.ts';

/** Takes the bytes of a file in order. Throws what the file system throws. */
export type Write = (bytes: Uint8Array) => void;

/** Turns entries into the bytes of one file; holds no more of them than it has to. */
export type Encoder = { add(row: EntryRow, raw: Uint8Array): void; end(): void };

export type EncoderFactory = (write: Write) => Encoder;

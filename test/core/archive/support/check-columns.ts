import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { createView } from '../../../../src/main/core/archive/archive-view.ts';
import { dayOfKey, ID_COLUMNS } from '../../../../src/main/core/archive/columns/day-columns.ts';
import { storedIdAt } from '../../../../src/main/core/archive/columns/day-refs.ts';
import { byteText, leavesByEntry } from '../../../../src/main/core/archive/columns/day-text.ts';
import type { Dictionaries } from '../../../../src/main/core/archive/dictionary.ts';
import { decodeBlock, rawAt } from '../../../../src/main/core/archive/raw/block.ts';
import { openEncrypted, type ReadConnection } from '../../../../src/main/core/archive/sqlite.ts';
import { toSearchable, toStored } from '../../../../src/main/core/archive/stored-text.ts';
import { KEYS_PER_MS } from '../../../../src/main/core/archive/time-key.ts';
import { parseEntry } from '../../../../src/main/core/jetty/parse-entry.ts';
import { metadataLeaves } from '../../../../src/main/core/search/metadata-text.ts';
import { unwrap } from '../../../../src/shared/errors.ts';

// What was received lies in blocks; everything that is counted and shown is a reading of them, kept by days. Here each
// entry is read anew from its block and compared with what its day says of it.

type Reading = {
  readonly key: number;
  readonly ts: number;
  readonly id: string;
  readonly block: number;
  readonly slot: number;
  readonly values: Readonly<Record<(typeof ID_COLUMNS)[number], unknown>>;
  readonly leaves: readonly string[];
};

/** A sentence for each thing in which the columns of an archive differ from the facts they were made from. */
export function checkColumns(dir: string, key: Uint8Array): readonly string[] {
  const db = unwrap(openEncrypted(join(dir, 'entries.db'), key, 'read'));
  try {
    const view = createView(db, 'moment');
    return view.ask(() => {
      const facts = factsByDay(db);
      const days = view.store.days().map(({ day }) => day);
      const problems = isDeepStrictEqual(
        days,
        [...facts.keys()].sort((a, b) => a - b),
      )
        ? []
        : ['other days are kept than entries came for'];
      for (const info of view.store.days()) {
        const columns = view.store.columns(info);
        const refs = view.store.refs(info);
        const leaves = leavesByEntry(view.store.text(info));
        const wanted = (facts.get(info.day) ?? []).sort((a, b) => a.key - b.key);
        const found = Array.from(
          columns.keys,
          (at, i): Reading => ({
            key: at,
            ts: Math.floor(at / KEYS_PER_MS) - (columns.shift?.[i] ?? 0),
            id: storedIdAt(refs, i),
            block: refs.block[i] ?? -1,
            slot: refs.slot[i] ?? -1,
            values: valuesOf(view.dictionaries, (column) => columns.ids[column][i] ?? 0),
            leaves: leaves[i]?.sort() ?? [],
          }),
        );
        if (info.entries !== wanted.length)
          problems.push(`day ${info.day} says ${info.entries} entries, ${wanted.length} came`);
        if (isDeepStrictEqual(found, wanted)) continue;
        const at = wanted.findIndex((one, i) => !isDeepStrictEqual(one, found[i]));
        problems.push(`day ${info.day}: ${JSON.stringify(found[at])} is kept of ${JSON.stringify(wanted[at])}`);
      }
      return problems;
    });
  } finally {
    db.close();
  }
}

function factsByDay(db: ReadConnection): Map<number, Reading[]> {
  const days = new Map<number, Reading[]>();
  const blocks = db.prepare('SELECT id, source, entries, bytes FROM block').iterate();
  for (const { id, source, entries, bytes } of blocks as Iterable<
    Record<'id' | 'source' | 'entries', number> & { bytes: Uint8Array }
  >) {
    const block = decodeBlock(bytes);
    if (block.keys.length !== entries)
      throw new Error(`block ${id} holds ${block.keys.length} entries, not ${entries}`);
    block.keys.forEach((key, slot) => {
      const { entry } = parseEntry(rawAt(block, slot));
      if (entry === null) throw new Error(`block ${id} holds at ${slot} what cannot be read`);
      const { actor, action, target, address, agent, team } = entry;
      const day = days.get(dayOfKey(key)) ?? [];
      days.set(dayOfKey(key), day);
      day.push({
        key,
        ts: entry.ts,
        id: toStored(entry.id),
        block: id,
        slot,
        values: { actor, action, target, address, agent, team, source },
        leaves: metadataLeaves(entry.metadata)
          .map((leaf) => byteText(toSearchable(leaf)))
          .sort(),
      });
    });
  }
  return days;
}

function valuesOf(
  dictionaries: Dictionaries,
  idIn: (column: (typeof ID_COLUMNS)[number]) => number,
): Reading['values'] {
  return Object.fromEntries(
    ID_COLUMNS.map((column) => [column, column === 'source' ? idIn(column) : dictionaries[column].tuple(idIn(column))]),
  ) as Reading['values'];
}

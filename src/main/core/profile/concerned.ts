import type { Entity } from '../../../shared/entity.ts';
import type { ArchiveReader } from '../archive/reader.ts';
import { planOf } from './life-events.ts';
import { sidesOf } from './sides.ts';

/** Those of the keys whose entries are of any side of something. */
export function keysConcerning(entity: Entity, keys: readonly number[], reader: ArchiveReader): readonly number[] {
  const found = new Set(sidesOf(entity, reader).flatMap(({ terms }) => [...reader.among(planOf(terms), keys)]));
  return keys.filter((key) => found.has(key));
}

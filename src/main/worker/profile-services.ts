import { ok } from '../../shared/errors.ts';
import type { ArchiveReader } from '../core/archive/reader.ts';
import type { Places } from '../core/geo/places.ts';
import { profileOf } from '../core/profile/profile.ts';
import type { ProfileCalls } from './profile-calls.ts';
import type { ServiceTable } from './service-table.ts';

export function profileServices(reader: ArchiveReader, places: Places): ServiceTable<ProfileCalls> {
  return {
    profile: ({ entity, zone }) => ok(profileOf(entity, zone, reader, places)),
  };
}

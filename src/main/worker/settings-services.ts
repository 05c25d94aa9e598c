import { ok, type Result } from '../../shared/errors.ts';
import type { ArchiveReader } from '../core/archive/reader.ts';
import type { ArchiveWriter } from '../core/archive/writer.ts';
import { setOffices } from '../core/detection/triage/offices.ts';
import { readRegister } from '../core/detection/triage/register.ts';
import { trustCountry, trustNetwork } from '../core/detection/triage/trusted.ts';
import type { ServiceTable } from './service-table.ts';
import type { SettingsReaderCalls, SettingsWriterCalls } from './settings-calls.ts';

/** What a reading thread knows of the archive's settings. */
export function settingsServices(reader: ArchiveReader): ServiceTable<SettingsReaderCalls> {
  return {
    offices: () => ok(readRegister(reader).offices),
    trusted() {
      const { trusted, trustedCountries } = readRegister(reader);
      return ok({ networks: trusted, countries: trustedCountries });
    },
  };
}

/** What the writing thread adds to the journal about them. */
export function settingsWriterServices(writer: ArchiveWriter): ServiceTable<SettingsWriterCalls> {
  return {
    setOffices: ({ offices, word }) => nothing(setOffices(writer, offices, word)),
    trustNetwork: ({ network, trust, word }) => nothing(trustNetwork(writer, network, trust, word)),
    trustCountry: ({ country, trust, word }) => nothing(trustCountry(writer, country, trust, word)),
  };
}

function nothing(done: Result<void>): Result<null> {
  return done.ok ? ok(null) : done;
}

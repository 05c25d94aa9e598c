import type { Office } from '../../shared/office.ts';
import type { TrustedCountry, TrustedNetwork } from '../../shared/triage.ts';
import type { Word } from '../core/detection/triage/decide.ts';
import type { KeptOffices } from '../core/detection/triage/register.ts';

type Call<I, O> = { readonly input: I; readonly output: O };

/** What a reading thread answers about the archive's settings. */
export type SettingsReaderCalls = {
  offices: Call<Record<never, never>, KeptOffices | null>;
  trusted: Call<
    Record<never, never>,
    { readonly networks: readonly TrustedNetwork[]; readonly countries: readonly TrustedCountry[] }
  >;
};

/** What the writing thread writes down about them. */
export type SettingsWriterCalls = {
  setOffices: Call<{ readonly offices: readonly Office[]; readonly word: Omit<Word, 'reason'> }, null>;
  trustNetwork: Call<{ readonly network: string; readonly trust: boolean; readonly word: Word }, null>;
  trustCountry: Call<{ readonly country: string; readonly trust: boolean; readonly word: Word }, null>;
};

/** Calls that are over in a moment, and need not wait until a sync or an import has ended. */
export const SETTINGS_AT_ONCE: readonly (keyof SettingsWriterCalls)[] = ['setOffices', 'trustNetwork', 'trustCountry'];

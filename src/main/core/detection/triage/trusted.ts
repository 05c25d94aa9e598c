import { isCountry } from '../../../../shared/country.ts';
import { fail, ok, type Result } from '../../../../shared/errors.ts';
import { addressTest } from '../../../../shared/filter/address.ts';
import { readNetwork } from '../../../../shared/filter/network.ts';
import type { NewJournalLine } from '../../archive/journal.ts';
import { checkWord, type DecisionWriter, lineOf, type Word } from './decide.ts';
import { KINDS, type Register, readRegister } from './register.ts';

/** Whether an address lies in one of the trusted networks. */
export function trustedBy(register: Pick<Register, 'trusted'>): (address: string | null) => boolean {
  const tests = register.trusted.map(({ network }) => addressTest(network));
  if (tests.length === 0) return () => false;
  const known = new Map<string, boolean>();
  return (address) => {
    if (address === null) return false;
    let is = known.get(address);
    if (is === undefined) {
      is = tests.some((test) => test(address));
      if (known.size > 100_000) known.clear();
      known.set(address, is);
    }
    return is;
  };
}

/** Says that a network is one's own, or takes it back. `bad_input` where it is no network, `not_found` where none is trusted so. */
export function trustNetwork(writer: DecisionWriter, network: string, trust: boolean, word: Word): Result<void> {
  const said = checkWord(word);
  if (!said.ok) return said;
  if (!trust) {
    // By its name in the list: it may have been written down before networks were checked as strictly as now.
    if (!readRegister(writer).trusted.some((one) => one.network === network))
      return fail('not_found', `${network} is not among the trusted networks.`, 'Look at the list again.');
    return append(writer, lineOf(KINDS.distrusted, network, word, { reason: word.reason }));
  }
  const read = readNetwork(network);
  if (!read.ok) return fail('bad_input', read.problem, read.hint);
  return append(writer, lineOf(KINDS.trusted, read.network, word, { reason: word.reason }));
}

/** Says that people are expected in a country, or takes it back. `bad_input` where it is no country, `not_found` where none is trusted so. */
export function trustCountry(writer: DecisionWriter, country: string, trust: boolean, word: Word): Result<void> {
  const said = checkWord(word);
  if (!said.ok) return said;
  if (!isCountry(country))
    return fail('bad_input', `“${country}” is not a country.`, 'Write it as two letters, such as PT.');
  if (!trust && !readRegister(writer).trustedCountries.some((one) => one.country === country))
    return fail('not_found', `${country} is not among the trusted countries.`, 'Look at the list again.');
  const kind = trust ? KINDS.countryTrusted : KINDS.countryDistrusted;
  return append(writer, lineOf(kind, country, word, { reason: word.reason }));
}

function append(writer: DecisionWriter, line: NewJournalLine): Result<void> {
  const written = writer.appendJournal([line]);
  return written.ok ? ok(undefined) : written;
}

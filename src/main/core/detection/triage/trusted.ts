import { fail, ok, type Result } from '../../../../shared/errors.ts';
import { addressTest } from '../../../../shared/filter/address.ts';
import { checkWord, type DecisionWriter, lineOf, type Word } from './decide.ts';
import { KINDS, type Register, readRegister } from './register.ts';
import { isScopeAddress } from './suppress.ts';

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
  if (!isScopeAddress(network))
    return fail('bad_input', `“${network}” is not an address or a network.`, 'Write it as 203.0.113.0/24.');
  if (!trust && !readRegister(writer).trusted.some((one) => one.network === network))
    return fail('not_found', `${network} is not among the trusted networks.`, 'Look at the list again.');
  const kind = trust ? KINDS.trusted : KINDS.distrusted;
  const written = writer.appendJournal([lineOf(kind, network, word, { reason: word.reason })]);
  return written.ok ? ok(undefined) : written;
}

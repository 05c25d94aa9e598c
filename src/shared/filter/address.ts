import ipaddr from 'ipaddr.js';

type Address = ipaddr.IPv4 | ipaddr.IPv6;

/** Whether an entry's address satisfies a filter value. */
export type AddressTest = (address: string) => boolean;

/**
 * Whether the text can stand in an `ip:` filter: an address, a network, empty, or a word that is no address at all
 * (servers write `unknown`). What looks like an address but is none is refused: it would silently find nothing.
 */
export function isAddressOrNetwork(text: string): boolean {
  if (text === '' || !/^[0-9a-f.:/%]*[.:/][0-9a-f.:/%]*$/iu.test(text)) return true;
  return text.includes('/') ? networkOf(text) !== null : addressOf(text) !== null;
}

/**
 * Compiles a filter value. IPv4-mapped IPv6 addresses equal the IPv4 address they carry (RFC 4291 §2.5.5.2); spellings
 * of one address are equal; an IPv4 network holds no IPv6 address.
 */
export function addressTest(value: string): AddressTest {
  const network = value.includes('/') ? networkOf(value) : null;
  if (network) {
    const [base, prefix] = network;
    const plain = plainNumber(base.toString());
    return (text) => {
      const number = plain === null ? null : plainNumber(text);
      if (plain !== null && number !== null) return prefix === 0 || (plain ^ number) >>> (32 - prefix) === 0;
      const address = addressOf(text);
      return address !== null && address.kind() === base.kind() && address.match(base, prefix);
    };
  }
  const wanted = addressOf(value);
  if (!wanted) return (text) => text === value;
  const canonical = wanted.toString();
  return (text) => text === value || addressOf(text)?.toString() === canonical;
}

const PLAIN = /^(?:(?:0|[1-9]\d{0,2})\.){3}(?:0|[1-9]\d{0,2})$/;

/** One spelling for all spellings of an address; what is none is itself. Equal ones are those that a filter takes for one. */
export function canonicalAddress(text: string): string {
  return PLAIN.test(text) ? text : (addressOf(text)?.toString() ?? text);
}

// An IPv4 address in its usual spelling as a number of 32 bits: most are, and an archive has many. Null for all other text.
function plainNumber(text: string): number | null {
  if (!PLAIN.test(text)) return null;
  let number = 0;
  for (const part of text.split('.')) {
    if (Number(part) > 255) return null;
    number = ((number << 8) | Number(part)) >>> 0;
  }
  return number;
}

function addressOf(text: string): Address | null {
  // `ipaddr.js` reads 10.1 and 0x7f.1 as classful shorthand; nobody means that in an audit log.
  if (!(text.includes(':') ? ipaddr.IPv6.isValid(text) : ipaddr.IPv4.isValidFourPartDecimal(text))) return null;
  const address = ipaddr.parse(text);
  if (address.kind() === 'ipv6' && (address as ipaddr.IPv6).isIPv4MappedAddress())
    return (address as ipaddr.IPv6).toIPv4Address();
  return address;
}

function networkOf(text: string): readonly [Address, number] | null {
  const [head = '', tail = ''] = text.split('/');
  if (!/^\d{1,3}$/.test(tail) || text.split('/').length !== 2) return null;
  const prefix = Number(tail);
  if (head.includes(':') ? !ipaddr.IPv6.isValid(head) : !ipaddr.IPv4.isValidFourPartDecimal(head)) return null;
  const base = ipaddr.parse(head);
  return prefix <= (base.kind() === 'ipv4' ? 32 : 128) ? [base, prefix] : null;
}

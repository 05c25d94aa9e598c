import ipaddr from 'ipaddr.js';

/** A network as it is kept, or what is wrong with a text, in a sentence. */
export type NetworkText =
  | { readonly ok: true; readonly network: string }
  | { readonly ok: false; readonly problem: string; readonly hint: string };

const EXAMPLE = 'Write it as 203.0.113.0/24 or 2001:db8::/32; a single address needs no slash.';

/**
 * Reads a network in CIDR notation, or an address as the network of it alone. Everything at once (`/0`) is refused, and so
 * is a network whose address has bits beyond its prefix: one cannot tell which of the two was meant.
 */
export function readNetwork(text: string): NetworkText {
  const trimmed = text.trim();
  const [head = '', tail, ...more] = trimmed.split('/');
  const valid = head.includes(':') ? ipaddr.IPv6.isValid(head) : ipaddr.IPv4.isValidFourPartDecimal(head);
  if (!valid || head.includes('%') || more.length > 0)
    return refused(`“${trimmed}” is not an address or a network.`, EXAMPLE);
  const address = ipaddr.parse(head);
  // An IPv4 address in IPv6's clothes is compared as the IPv4 address that it is.
  if (address instanceof ipaddr.IPv6 && address.isIPv4MappedAddress())
    return refused(`“${trimmed}” is an IPv4 address written as IPv6.`, `Write it as ${address.toIPv4Address()}.`);
  if (tail === undefined) return { ok: true, network: address.toString() };
  const bits = address.kind() === 'ipv4' ? 32 : 128;
  const prefix = /^\d{1,3}$/.test(tail) ? Number(tail) : Number.NaN;
  if (!(prefix <= bits))
    return refused(`The part after the slash of “${trimmed}” is not a number from 1 to ${bits}.`, EXAMPLE);
  if (prefix === 0) return refused(`“${trimmed}” is every address there is.`, 'Name the networks that are your own.');
  const family = address.kind() === 'ipv4' ? ipaddr.IPv4 : ipaddr.IPv6;
  const base = family.networkAddressFromCIDR(`${head}/${prefix}`).toString();
  if (base !== address.toString())
    return refused(
      `${head} is an address inside the network ${base}/${prefix}, not its first.`,
      `Write ${base}/${prefix} for the network, or ${address.toString()} for the address alone.`,
    );
  return { ok: true, network: `${base}/${prefix}` };
}

function refused(problem: string, hint: string): NetworkText {
  return { ok: false, problem, hint };
}

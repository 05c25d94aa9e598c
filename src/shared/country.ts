import ipaddr from 'ipaddr.js';
import { fold } from './text.ts';

// ISO 3166-1, two letters, and Kosovo, which the lists of addresses call XK.
const CODES =
  'AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS XK YE YT ZA ZM ZW';

/** Every country, two letters each. */
export const COUNTRIES: readonly string[] = CODES.split(' ');
const known = new Set(COUNTRIES);

export function isCountry(code: string): boolean {
  return known.has(code);
}

/** A country by its code (ISO 3166-1), or what else can be said of where an address is. */
export type Country = string;

/** An address of an inner network: it is in no country. */
export const PRIVATE: Country = 'private';
/** The list does not know the address, or it is none. */
export const UNKNOWN: Country = 'unknown';

const INNER: ReadonlySet<string> = new Set(['private', 'loopback', 'linkLocal', 'uniqueLocal', 'carrierGradeNat']);

// Names that people use where the list has another.
const ALSO_CALLED: readonly (readonly [name: string, code: string])[] = [
  ['usa', 'US'],
  ['america', 'US'],
  ['united states of america', 'US'],
  ['britain', 'GB'],
  ['great britain', 'GB'],
  ['england', 'GB'],
  ['turkey', 'TR'],
  ['holland', 'NL'],
  ['the netherlands', 'NL'],
  ['czech republic', 'CZ'],
  ['uae', 'AE'],
  ['burma', 'MM'],
  ['myanmar', 'MM'],
  ['ivory coast', 'CI'],
  ['hong kong', 'HK'],
  ['macau', 'MO'],
  ['vatican', 'VA'],
  ['palestine', 'PS'],
  ['swaziland', 'SZ'],
];

const names = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' });
let byName: ReadonlyMap<string, Country> | null = null;

/** What a person reads for a country: its English name, "Private network", "Unknown". */
export function countryName(country: Country): string {
  if (country === PRIVATE) return 'Private network';
  if (country === UNKNOWN) return 'Unknown';
  return isCountry(country) ? (names.of(country) ?? country) : country;
}

/** The country a person means by a code or an English name, without regard to case and accents; null where there is none. */
export function countryOfText(text: string): Country | null {
  const code = text.length === 2 ? codeOf(text.toUpperCase()) : null;
  return code ?? table().get(fold(text.trim())) ?? null;
}

/** Where an address is: by the list where it knows the country, else an inner network, else unknown. */
export function countryOfAddress(address: string, listed: string | null): Country {
  return listed ?? (isInner(address) ? PRIVATE : UNKNOWN);
}

function isInner(text: string): boolean {
  if (!(text.includes(':') ? ipaddr.IPv6.isValid(text) : ipaddr.IPv4.isValidFourPartDecimal(text))) return false;
  return INNER.has(ipaddr.process(text).range());
}

function table(): ReadonlyMap<string, Country> {
  byName ??= new Map([
    ...COUNTRIES.map((code) => [fold(names.of(code) ?? code), code] as const),
    ...ALSO_CALLED,
    ['private', PRIVATE],
    ['private network', PRIVATE],
    ['unknown', UNKNOWN],
  ]);
  return byName;
}

// A code that was given up stands for the one that took its place (UK, DD).
function codeOf(text: string): Country | null {
  if (!/^[A-Z]{2}$/.test(text)) return null;
  const region = new Intl.Locale(`und-${text}`).region ?? '';
  return isCountry(region) ? region : null;
}

/** Where people work: the zone that governs their day, and the networks they are seen from. */
export type Office = {
  readonly city: string;
  readonly zone: string;
  /** Address that everybody in the office shares. */
  readonly address: string;
  /** First two numbers of the ranges that home lines of the country are seen from. */
  readonly homes: readonly string[];
  readonly mobile: string;
};

export const LISBON: Office = {
  city: 'Lisbon',
  zone: 'Europe/Lisbon',
  address: '213.22.41.18',
  homes: ['85.243', '188.81', '89.153', '2.81', '82.154'],
  mobile: '77.54',
};

export const TORONTO: Office = {
  city: 'Toronto',
  zone: 'America/Toronto',
  address: '207.35.12.66',
  homes: ['99.231', '174.91', '70.24', '76.68', '184.147'],
  mobile: '142.112',
};

export const SINGAPORE: Office = {
  city: 'Singapore',
  zone: 'Asia/Singapore',
  address: '203.126.14.130',
  homes: ['116.14', '116.15', '219.74', '175.156', '121.6'],
  mobile: '118.200',
};

export const OFFICES = [LISBON, TORONTO, SINGAPORE] as const;

/** Places people travel to that are no office: network of the hotel, and the zone their day follows there. */
export const AWAY: readonly { readonly city: string; readonly zone: string; readonly network: string }[] = [
  { city: 'Madrid', zone: 'Europe/Madrid', network: '80.58' },
  { city: 'Leeds', zone: 'Europe/London', network: '86.1' },
  { city: 'Osaka', zone: 'Asia/Tokyo', network: '126.72' },
];

/** Benchmark addresses (RFC 2544): the build machines. */
export const BUILD_NETWORK = '198.18.0';

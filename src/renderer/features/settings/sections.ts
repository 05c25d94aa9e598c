/** The sections of Settings in order; `words` are what else one might look for. */
export const SECTIONS = [
  { id: 'appearance', of: 'you', name: 'Appearance', words: 'theme dark light density rows compact' },
  { id: 'times', of: 'you', name: 'Times', words: 'zone time utc clock' },
  { id: 'locking', of: 'you', name: 'Locking', words: 'auto-lock idle minutes sleep screen' },
  { id: 'notifications', of: 'you', name: 'Notifications', words: 'notify risk failed' },
  { id: 'source', of: 'archive', name: 'Source and token', words: 'jetty host plan token connect disconnect switch' },
  { id: 'offices', of: 'archive', name: 'Offices', words: 'office hours holidays weekdays night shift' },
  { id: 'trusted', of: 'archive', name: 'Trusted places', words: 'networks countries vpn cidr addresses' },
  {
    id: 'integrity',
    of: 'archive',
    name: 'Integrity',
    words: 'verify seal head copy share weekly time stamp rfc 3161',
  },
  { id: 'keys', of: 'archive', name: 'Keys', words: 'passphrase recovery code keychain rekey encrypt' },
  {
    id: 'retention',
    of: 'archive',
    name: 'Retention and holds',
    words: 'keep delete days years legal hold gdpr',
  },
] as const;

export type SectionId = (typeof SECTIONS)[number]['id'];

export function isSection(id: unknown): id is SectionId {
  return SECTIONS.some((one) => one.id === id);
}

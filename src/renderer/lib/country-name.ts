const NAMES = new Intl.DisplayNames('en', { type: 'region', fallback: 'code' });

/** The English name of a country (ISO 3166, two letters); what is none stays as it is. */
export function countryName(code: string): string {
  try {
    return NAMES.of(code) ?? code;
  } catch {
    return code;
  }
}

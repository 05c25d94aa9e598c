import { X509Certificate } from 'node:crypto';
import type { Certificate } from '@peculiar/asn1-x509';
import { fail, ok, type Result } from '../../../shared/errors.ts';
import { asn1 } from './asn1.ts';

/** A certificate: its bytes as they came (DER), and as the platform's cryptography and its fields see them. */
export type KnownCertificate = {
  readonly der: Uint8Array;
  readonly platform: X509Certificate;
  readonly fields: Certificate;
};

const MOST_TRUSTED = 50;
// RFC 5280 §4.2.1, RFC 3161 §2.3.
const BASIC_CONSTRAINTS = '2.5.29.19';
const NAME_CONSTRAINTS = '2.5.29.30';
const KEY_USAGE = '2.5.29.15';
const EXTENDED_KEY_USAGE = '2.5.29.37';
const ANY_PURPOSE = '2.5.29.37.0';
const POLICIES = '2.5.29.32';
const OTHER_NAMES = '2.5.29.17';
const TIME_STAMPING = '1.3.6.1.5.5.7.3.8';
/** Critical extensions that are weighed here, or that restrict nothing that matters to a time stamp. */
const WEIGHED: ReadonlySet<string> = new Set([BASIC_CONSTRAINTS, KEY_USAGE, EXTENDED_KEY_USAGE, POLICIES, OTHER_NAMES]);

/** Throws where the bytes (DER) are no certificate. */
export function readCertificate(der: Uint8Array): KnownCertificate {
  const { AsnConvert, Certificate } = asn1();
  return { der, platform: new X509Certificate(der), fields: AsnConvert.parse(der, Certificate) };
}

/** The certificates of a PEM file that somebody trusts. `bad_input` where there is none in it. */
export function trustedCertificates(pem: string): Result<readonly KnownCertificate[]> {
  const blocks = pem.match(/-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g) ?? [];
  try {
    if (blocks.length > 0 && blocks.length <= MOST_TRUSTED)
      return ok(blocks.map((block) => readCertificate(Buffer.from(block.replace(/-----.*?-----/g, ''), 'base64'))));
  } catch {
    // Said below, as for a file without any.
  }
  return fail(
    'bad_input',
    'There is no certificate that can be read in the file of those to be trusted.',
    `Give a PEM file of the authority’s root certificate, with at most ${MOST_TRUSTED} in it.`,
  );
}

/** Whether a certificate may sign time stamps and nothing else, said critically (RFC 3161 §2.3). */
export function isForTimeStamping({ fields }: KnownCertificate): boolean {
  const found = extensionsOf(fields).filter(({ extnID }) => extnID === EXTENDED_KEY_USAGE);
  const [usage] = found;
  if (found.length !== 1 || usage === undefined || !usage.critical) return false;
  const { AsnConvert, ExtendedKeyUsage } = asn1();
  const purposes = AsnConvert.parse(usage.extnValue.buffer, ExtendedKeyUsage);
  return purposes.length === 1 && purposes[0] === TIME_STAMPING;
}

/** What a person calls whoever a certificate is of: its common name, else its organisation. */
export function nameOf({ platform }: KnownCertificate): string {
  const parts = platform.subject.split('\n');
  const named = (key: string): string | undefined =>
    parts.find((part) => part.startsWith(`${key}=`))?.slice(key.length + 1);
  return named('CN') ?? named('O') ?? platform.subject.replaceAll('\n', ', ');
}

/** Whether a certificate was valid at an instant (milliseconds UTC). */
export function isValidAt({ platform }: KnownCertificate, at: number): boolean {
  return at >= platform.validFromDate.getTime() && at <= platform.validToDate.getTime();
}

/**
 * Whether a certificate leads to one that is trusted, at an instant (milliseconds UTC): names, signatures, validity, that each
 * issuer is one, its path length and purposes (RFC 5280 §6). What restricts in a way that is not weighed here is not followed.
 * Nobody is asked for revocation.
 */
export function leadsToTrusted(
  certificate: KnownCertificate,
  others: readonly KnownCertificate[],
  trusted: readonly KnownCertificate[],
  at: number,
): boolean {
  const isTrusted = ({ der }: KnownCertificate): boolean => trusted.some((one) => Buffer.from(one.der).equals(der));
  // Each is followed once: whoever answers may send certificates that lead to each other in every order.
  const seen = new Set<KnownCertificate>();
  const follow = (one: KnownCertificate, below: number): boolean => {
    if (seen.has(one)) return false;
    seen.add(one);
    if (!isValidAt(one, at) || !isWeighed(one)) return false;
    if (isTrusted(one)) return true;
    return [...trusted, ...others].some(
      (issuer) =>
        one.platform.checkIssued(issuer.platform) &&
        one.platform.verify(issuer.platform.publicKey) &&
        mayIssue(issuer, below, isTrusted(issuer)) &&
        follow(issuer, below + (isSelfIssued(issuer) ? 0 : 1)),
    );
  };
  return follow(certificate, 0);
}

function mayIssue(issuer: KnownCertificate, below: number, isTrusted: boolean): boolean {
  const { platform, fields } = issuer;
  const purposes = platform.keyUsage as readonly string[] | undefined;
  if (purposes !== undefined && !purposes.includes(TIME_STAMPING) && !purposes.includes(ANY_PURPOSE)) return false;
  const constraints = extensionsOf(fields).find(({ extnID }) => extnID === BASIC_CONSTRAINTS);
  // The oldest roots are of version 1 and say nothing; that one is trusted is then the person's word.
  if (constraints === undefined) return isTrusted;
  const { AsnConvert, BasicConstraints } = asn1();
  const { cA, pathLenConstraint } = AsnConvert.parse(constraints.extnValue.buffer, BasicConstraints);
  return cA && (pathLenConstraint === undefined || below <= pathLenConstraint);
}

function isWeighed({ fields }: KnownCertificate): boolean {
  return extensionsOf(fields).every(
    ({ extnID, critical }) => extnID !== NAME_CONSTRAINTS && (!critical || WEIGHED.has(extnID)),
  );
}

function isSelfIssued({ platform }: KnownCertificate): boolean {
  return platform.subject === platform.issuer;
}

function extensionsOf(fields: Certificate) {
  return fields.tbsCertificate.extensions ?? [];
}

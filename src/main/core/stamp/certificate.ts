import { X509Certificate } from 'node:crypto';
import { AsnConvert } from '@peculiar/asn1-schema';
import {
  BasicConstraints,
  Certificate,
  ExtendedKeyUsage,
  id_ce_basicConstraints,
  id_ce_certificatePolicies,
  id_ce_extKeyUsage,
  id_ce_keyUsage,
  id_ce_nameConstraints,
  id_ce_subjectAltName,
  id_kp_timeStamping,
} from '@peculiar/asn1-x509';
import { fail, ok, type Result } from '../../../shared/errors.ts';

/** A certificate: its bytes as they came (DER), and as the platform's cryptography and its fields see them. */
export type KnownCertificate = {
  readonly der: Uint8Array;
  readonly platform: X509Certificate;
  readonly fields: Certificate;
};

const MOST_TRUSTED = 50;
const ANY_USAGE = '2.5.29.37.0';
/** Critical extensions that are weighed here, or that restrict nothing that matters to a time stamp. */
const WEIGHED: ReadonlySet<string> = new Set([
  id_ce_basicConstraints,
  id_ce_keyUsage,
  id_ce_extKeyUsage,
  id_ce_certificatePolicies,
  id_ce_subjectAltName,
]);

/** Throws where the bytes (DER) are no certificate. */
export function readCertificate(der: Uint8Array): KnownCertificate {
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
  const found = extensionsOf(fields).filter(({ extnID }) => extnID === id_ce_extKeyUsage);
  const [usage] = found;
  if (found.length !== 1 || usage === undefined || !usage.critical) return false;
  const purposes = AsnConvert.parse(usage.extnValue.buffer, ExtendedKeyUsage);
  return purposes.length === 1 && purposes[0] === id_kp_timeStamping;
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
  if (purposes !== undefined && !purposes.includes(id_kp_timeStamping) && !purposes.includes(ANY_USAGE)) return false;
  const constraints = extensionsOf(fields).find(({ extnID }) => extnID === id_ce_basicConstraints);
  // The oldest roots are of version 1 and say nothing; that one is trusted is then the person's word.
  if (constraints === undefined) return isTrusted;
  const { cA, pathLenConstraint } = AsnConvert.parse(constraints.extnValue.buffer, BasicConstraints);
  return cA && (pathLenConstraint === undefined || below <= pathLenConstraint);
}

function isWeighed({ fields }: KnownCertificate): boolean {
  return extensionsOf(fields).every(
    ({ extnID, critical }) => extnID !== id_ce_nameConstraints && (!critical || WEIGHED.has(extnID)),
  );
}

function isSelfIssued({ platform }: KnownCertificate): boolean {
  return platform.subject === platform.issuer;
}

function extensionsOf(fields: Certificate) {
  return fields.tbsCertificate.extensions ?? [];
}

import { constants, createHash, timingSafeEqual, verify } from 'node:crypto';
import type { Attribute, SignerInfo } from '@peculiar/asn1-cms';
import type { TSTInfo } from '@peculiar/asn1-tsp';
import { asn1 } from './asn1.ts';
import { type KnownCertificate, readCertificate } from './certificate.ts';
import {
  attributesIn,
  HASHES,
  isIdentifier,
  messageParts,
  namesCertificate,
  SIGNING_CERTIFICATE,
  SIGNING_CERTIFICATE_V2,
} from './message-parts.ts';

/** What a token says, whoever signed it, and what came along. Nothing about trust is decided yet. */
export type SignedToken = {
  readonly info: TSTInfo;
  readonly signer: KnownCertificate;
  readonly others: readonly KnownCertificate[];
};

const MOST_CERTIFICATES = 20;
const ED25519 = '1.3.101.112';
const RSA_PSS = '1.2.840.113549.1.1.10';
/** What a signature is made with; where it names a hash, that of the message has to be the same. */
const SIGNATURES: Readonly<Record<string, { readonly key: readonly string[]; readonly hash: string | null }>> = {
  '1.2.840.113549.1.1.1': { key: ['rsa'], hash: null },
  '1.2.840.113549.1.1.11': { key: ['rsa'], hash: 'sha256' },
  '1.2.840.113549.1.1.12': { key: ['rsa'], hash: 'sha384' },
  '1.2.840.113549.1.1.13': { key: ['rsa'], hash: 'sha512' },
  [RSA_PSS]: { key: ['rsa', 'rsa-pss'], hash: null },
  '1.2.840.10045.4.3.2': { key: ['ec'], hash: 'sha256' },
  '1.2.840.10045.4.3.3': { key: ['ec'], hash: 'sha384' },
  '1.2.840.10045.4.3.4': { key: ['ec'], hash: 'sha512' },
  [ED25519]: { key: ['ed25519'], hash: null },
};

/**
 * Reads a time-stamp token (RFC 3161 §2.4.2: DER of a CMS ContentInfo) and verifies its one signature with the certificate in
 * it (RFC 5652 §5.4, §5.6; RFC 5816). A string says what is wrong. Throws where it cannot be read at all.
 */
export function readSignedToken(der: ArrayBuffer): SignedToken | string {
  const { AsnConvert, ContentInfo, SignedData, TSTInfo, id_ct_tstInfo, id_signedData } = asn1();
  const message = AsnConvert.parse(der, ContentInfo);
  if (message.contentType !== id_signedData) return 'it is not signed';
  const { encapContentInfo, signerInfos } = AsnConvert.parse(message.content, SignedData);
  const content = encapContentInfo.eContent?.single?.buffer;
  if (encapContentInfo.eContentType !== id_ct_tstInfo || content === undefined) return 'it is no time stamp';
  const [signed] = signerInfos;
  if (signed === undefined || signerInfos.length !== 1) return 'it does not have exactly one signature';
  const parts = messageParts(der);
  if (parts.certificates.length > MOST_CERTIFICATES) return 'it carries too many certificates';
  const certificates = parts.certificates.map(readCertificate);
  const signer = certificates.find((one) => isNamed(one, signed));
  if (signer === undefined) return 'the certificate that signed it is not in it';
  if (parts.signedAttributes === null) return 'it does not say what was signed';
  const wrong = wrongSignature(signed, parts.signedAttributes, content, signer);
  if (wrong !== null) return wrong;
  const info = AsnConvert.parse(content, TSTInfo);
  return { info, signer, others: certificates.filter((one) => one !== signer) };
}

function wrongSignature(
  signed: SignerInfo,
  toSign: Uint8Array,
  content: ArrayBuffer,
  signer: KnownCertificate,
): string | null {
  const hash = HASHES[signed.digestAlgorithm.algorithm];
  const method = SIGNATURES[signed.signatureAlgorithm.algorithm];
  const key = signer.platform.publicKey;
  if (hash === undefined || method === undefined || (method.hash !== null && method.hash !== hash))
    return 'it is signed in a way that is too weak or not known';
  if (!method.key.includes(key.asymmetricKeyType ?? '')) return 'its signature is of another kind than its key';
  const { AsnConvert, OctetString, id_contentType, id_ct_tstInfo, id_messageDigest } = asn1();
  const attributes = attributesIn(toSign);
  const type = only(attributes, id_contentType);
  const digest = only(attributes, id_messageDigest);
  if (type === null || !isIdentifier(type, id_ct_tstInfo)) return 'it does not say that a time stamp was signed';
  const there = digest === null ? null : Buffer.from(AsnConvert.parse(digest, OctetString).buffer);
  const due = createHash(hash).update(new Uint8Array(content)).digest();
  if (there === null || there.length !== due.length || !timingSafeEqual(there, due))
    return 'what it says is not what was signed';
  const names = [SIGNING_CERTIFICATE, SIGNING_CERTIFICATE_V2].flatMap((name) =>
    attributes.filter(({ attrType }) => attrType === name).map(({ attrValues }) => ({ name, attrValues })),
  );
  if (names.length === 0) return 'it does not name the certificate that signed it';
  for (const { name, attrValues } of names) {
    if (attrValues.length !== 1 || !namesCertificate(name, attrValues[0]!, signer.der))
      return 'it was signed with another certificate than the one in it';
  }
  const isPss = signed.signatureAlgorithm.algorithm === RSA_PSS;
  const padding = isPss ? { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_AUTO } : {};
  const algorithm = signed.signatureAlgorithm.algorithm === ED25519 ? null : hash;
  return verify(algorithm, toSign, { key, ...padding }, new Uint8Array(signed.signature.buffer))
    ? null
    : 'its signature does not fit';
}

function only(attributes: readonly Attribute[], type: string): ArrayBuffer | null {
  const found = attributes.filter(({ attrType }) => attrType === type);
  return found.length === 1 && found[0]!.attrValues.length === 1 ? found[0]!.attrValues[0]! : null;
}

function isNamed({ fields }: KnownCertificate, { sid }: SignerInfo): boolean {
  const { AsnConvert } = asn1();
  const { tbsCertificate } = fields;
  const named = sid.issuerAndSerialNumber;
  if (named === undefined) return false;
  const same = (a: ArrayBuffer, b: ArrayBuffer): boolean => Buffer.from(a).equals(Buffer.from(b));
  return (
    same(named.serialNumber, tbsCertificate.serialNumber) &&
    same(AsnConvert.serialize(named.issuer), AsnConvert.serialize(tbsCertificate.issuer))
  );
}

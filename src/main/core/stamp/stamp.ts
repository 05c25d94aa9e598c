import type { Stamp } from '../../../shared/integrity.ts';
import { asn1 } from './asn1.ts';
import { isForTimeStamping, isValidAt, type KnownCertificate, leadsToTrusted, nameOf } from './certificate.ts';
import { readSignedToken } from './signed-token.ts';

// RFC 3161: an authority signs that a hash was known at an instant. What is stamped is the head, which is a SHA-256 already:
// so the text of the seal is the document, and any tool that checks time stamps checks it.

const SHA256 = '2.16.840.1.101.3.4.2.1';

/** A request for a stamp of a head (SHA-256, hexadecimal), with a nonce and for the certificates (DER). */
export function stampRequest(head: string, nonce: Uint8Array): Uint8Array<ArrayBuffer> {
  const { AlgorithmIdentifier, AsnConvert, MessageImprint, OctetString, TimeStampReq } = asn1();
  return new Uint8Array(
    AsnConvert.serialize(
      new TimeStampReq({
        messageImprint: new MessageImprint({
          hashAlgorithm: new AlgorithmIdentifier({ algorithm: SHA256, parameters: null }),
          hashedMessage: new OctetString(Buffer.from(head, 'hex')),
        }),
        nonce: exactBuffer(nonce),
        certReq: true,
      }),
    ),
  );
}

export type StampChecks = {
  /** The head that has to be stamped, SHA-256 in hexadecimal. */
  readonly head: string;
  /** What was asked with; only whoever has just asked knows it. */
  readonly nonce?: Uint8Array;
  /** Certificates that somebody trusts. */
  readonly trusted: readonly KnownCertificate[];
};

/**
 * Checks an authority's answer (RFC 3161 §2.4.2: DER of a TimeStampResp): that it grants, stamps this head, was signed by the
 * certificate in it, and that this one may sign time stamps and was valid then. A string says what is wrong, as the end of the
 * sentence "The stamp cannot be used: …".
 */
export function checkStamp(response: Uint8Array, { head, nonce, trusted }: StampChecks): Stamp | string {
  try {
    const { AsnConvert, PKIStatus, TimeStampResp } = asn1();
    const { status, timeStampToken } = AsnConvert.parse(response, TimeStampResp);
    if (status.status !== PKIStatus.granted && status.status !== PKIStatus.grantedWithMods)
      return `the authority did not grant it${refusalWords(status.statusString)}`;
    if (timeStampToken === undefined) return 'there is no stamp in it';
    const token = readSignedToken(AsnConvert.serialize(timeStampToken));
    if (typeof token === 'string') return token;
    const { info, signer, others } = token;
    const { hashAlgorithm, hashedMessage } = info.messageImprint;
    if (hashAlgorithm.algorithm !== SHA256 || !Buffer.from(hashedMessage.buffer).equals(Buffer.from(head, 'hex')))
      return 'it is of something else than this head';
    if (nonce !== undefined && (info.nonce === undefined || !sameNumber(new Uint8Array(info.nonce), nonce)))
      return 'it is not the answer to what was asked just now';
    if (!isForTimeStamping(signer)) return 'it was signed with a certificate that is not one for time stamps';
    const at = info.genTime.getTime();
    if (!Number.isFinite(at) || !isValidAt(signer, at)) return 'its certificate was not valid at the time it says';
    return { at, authority: nameOf(signer), trusted: leadsToTrusted(signer, others, trusted, at) };
  } catch {
    return 'it cannot be read as a time stamp';
  }
}

/** A nonce as a number of `bytes`: its first bit is not set, so that it is written as it is (DER). */
export function nonceOf(bytes: Uint8Array): Uint8Array {
  const nonce = Uint8Array.from(bytes);
  nonce[0] = (nonce[0]! & 0x3f) | 0x40;
  return nonce;
}

// A number may be written with zeros before it.
function sameNumber(a: Uint8Array, b: Uint8Array): boolean {
  const digits = (bytes: Uint8Array): string =>
    Buffer.from(bytes)
      .toString('hex')
      .replace(/^(?:00)+/, '');
  return digits(a) === digits(b);
}

function refusalWords(said: readonly string[] | undefined): string {
  const words = [...(said ?? [])].join(' ').replace(/\p{C}/gu, ' ').trim().slice(0, 200);
  return words === '' ? '' : `: “${words}”`;
}

function exactBuffer(bytes: Uint8Array): ArrayBuffer {
  return Uint8Array.from(bytes).buffer;
}

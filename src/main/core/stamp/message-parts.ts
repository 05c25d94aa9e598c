import { createHash } from 'node:crypto';
import type { Attribute } from '@peculiar/asn1-cms';
import type { BaseBlock } from 'asn1js';
import { asn1 } from './asn1.ts';

const SET_OF = 0x31;

export const SIGNING_CERTIFICATE = '1.2.840.113549.1.9.16.2.12';
export const SIGNING_CERTIFICATE_V2 = '1.2.840.113549.1.9.16.2.47';

/** The hashes that are good enough, by object identifier, as the platform calls them. */
export const HASHES: Readonly<Record<string, string>> = {
  '2.16.840.1.101.3.4.2.1': 'sha256',
  '2.16.840.1.101.3.4.2.2': 'sha384',
  '2.16.840.1.101.3.4.2.3': 'sha512',
};

/**
 * Whether a value of one of the two attributes names this certificate (DER): without them, another one with the same key could
 * be put in its place. RFC 2634 §5.4 (SHA-1) and RFC 5035 §3 (any hash, SHA-256 where none is named).
 */
export function namesCertificate(attribute: string, value: ArrayBuffer, certificate: Uint8Array): boolean {
  const { fromBER, ObjectIdentifier, OctetString, Sequence } = asn1().blocks;
  const first = childrenOf(childrenOf(childrenOf(fromBER(value).result)[0])[0]);
  const [algorithm, hashed] = first[0] instanceof Sequence ? [childrenOf(first[0])[0], first[1]] : [null, first[0]];
  if (!(hashed instanceof OctetString)) return false;
  const usual = attribute === SIGNING_CERTIFICATE ? 'sha1' : 'sha256';
  const hash = algorithm instanceof ObjectIdentifier ? HASHES[algorithm.getValue()] : usual;
  if (hash === undefined) return false;
  return createHash(hash).update(certificate).digest().equals(Buffer.from(hashed.valueBlock.valueHexView));
}

/** What of a signed message (DER of its ContentInfo) has to be had byte for byte as it stands there. */
export type MessageParts = {
  readonly certificates: readonly Uint8Array[];
  /** Of the first signature: its signed attributes as they are signed, a SET OF (RFC 5652 §5.4); null where it has none. */
  readonly signedAttributes: Uint8Array | null;
};

export function messageParts(message: ArrayBuffer): MessageParts {
  const { fromBER, Sequence } = asn1().blocks;
  const signedData = childrenOf(childrenOf(childrenOf(fromBER(message).result)[1])[0]);
  const [signerInfo] = childrenOf(signedData.at(-1));
  const attributes = tagged(childrenOf(signerInfo));
  const signedAttributes = attributes === undefined ? null : Uint8Array.from(attributes.valueBeforeDecodeView);
  // In the message they stand with a tag of their own.
  if (signedAttributes !== null) signedAttributes[0] = SET_OF;
  return {
    // A plain certificate is a SEQUENCE; what else a set may hold is older or of another kind.
    certificates: childrenOf(tagged(signedData))
      .filter((one) => one instanceof Sequence)
      .map((one) => Uint8Array.from(one.valueBeforeDecodeView)),
    signedAttributes,
  };
}

/** The attributes in such a set. Throws where it holds something else. */
export function attributesIn(set: Uint8Array): readonly Attribute[] {
  const { AsnConvert, Attribute, blocks } = asn1();
  return childrenOf(blocks.fromBER(set).result).map((one) => AsnConvert.parse(one.valueBeforeDecodeView, Attribute));
}

/** Whether a value is this object identifier. */
export function isIdentifier(value: ArrayBuffer, identifier: string): boolean {
  const { fromBER, ObjectIdentifier } = asn1().blocks;
  const { result } = fromBER(value);
  return result instanceof ObjectIdentifier && result.getValue() === identifier;
}

function tagged(blocks: readonly BaseBlock[]): BaseBlock | undefined {
  return blocks.find(({ idBlock }) => idBlock.tagClass === 3 && idBlock.tagNumber === 0);
}

function childrenOf(block: unknown): readonly BaseBlock[] {
  return block instanceof asn1().blocks.Constructed ? (block.valueBlock.value as unknown as readonly BaseBlock[]) : [];
}

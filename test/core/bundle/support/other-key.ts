import { generateKeyPairSync, sign } from 'node:crypto';
import { fingerprintOf, type SealSigner } from '../../../../src/main/core/archive/integrity/seal-key.ts';

/** A key that is no archive's. */
export function createEvidenceKey(): SealSigner {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const bytes = publicKey.export({ type: 'spki', format: 'der' }).subarray(-32);
  return {
    key: { bytes, fingerprint: fingerprintOf(bytes) },
    sign: (text) => sign(null, Buffer.from(text), privateKey),
  };
}

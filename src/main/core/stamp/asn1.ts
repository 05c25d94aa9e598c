import { createRequire } from 'node:module';
import type * as Cms from '@peculiar/asn1-cms';
import type * as Schema from '@peculiar/asn1-schema';
import type * as Tsp from '@peculiar/asn1-tsp';
import type * as X509 from '@peculiar/asn1-x509';
import type * as Blocks from 'asn1js';

// Both of certificates and of messages there is a class Attribute; it is that of messages.
export type Asn1 = typeof Schema &
  Omit<typeof X509, 'Attribute'> &
  typeof Cms &
  typeof Tsp & { readonly blocks: typeof Blocks };

let loaded: Asn1 | null = null;

/**
 * What reads and writes ASN.1, certificates and signed messages. Loaded when a stamp is first looked at: that takes as long as a
 * tenth of a command, and most archives have none.
 */
export function asn1(): Asn1 {
  if (loaded === null) {
    const load = createRequire(import.meta.url);
    loaded = {
      ...(load('@peculiar/asn1-schema') as typeof Schema),
      ...(load('@peculiar/asn1-x509') as typeof X509),
      ...(load('@peculiar/asn1-cms') as typeof Cms),
      ...(load('@peculiar/asn1-tsp') as typeof Tsp),
      blocks: load('asn1js') as typeof Blocks,
    };
  }
  return loaded;
}

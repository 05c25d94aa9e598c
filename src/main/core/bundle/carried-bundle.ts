import { type BundleState, bundleState } from '../../../shared/bundle-contract.ts';
import type { BundleVerdict } from './check.ts';

const SETTING = 'bundle';

/** What an archive made of a bundle remembers of it, as a setting. */
export function bundleText({ manifest, known, found }: BundleVerdict): {
  readonly name: string;
  readonly value: string;
} {
  const state: BundleState = {
    made: manifest.made,
    query: manifest.asked.query,
    pseudonymised: manifest.pseudonymised,
    lines: manifest.entries.lines,
    proven: manifest.entries.proven,
    found,
    compared: known,
    fingerprint: manifest.fingerprint,
    head: manifest.head?.hash ?? null,
  };
  return { name: SETTING, value: JSON.stringify(state) };
}

/** What is remembered of the bundle an archive was made of; null where it was not. */
export function bundleOf(setting: string | null): BundleState | null {
  return setting === null ? null : bundleState.parse(JSON.parse(setting));
}

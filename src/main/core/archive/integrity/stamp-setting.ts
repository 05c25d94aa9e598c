import { z } from 'zod';
import { type KnownCertificate, trustedCertificates } from '../../stamp/certificate.ts';

/** Name of the setting that says which authority stamps heads. */
export const STAMP_SETTING = 'stamp_by';

/** Which authority stamps heads, and how that went last. */
export type StampSetting = {
  readonly url: string;
  /** PEM of certificates that its own has to lead to; null where any will do. */
  readonly trust: string | null;
  /** When it last stamped one, milliseconds UTC of this machine. */
  readonly at: number | null;
  /** Why it could not be had the last time; null where it could. */
  readonly failed: string | null;
};

const stampSetting = z.object({
  url: z.string(),
  trust: z.string().nullable(),
  at: z.number().nullable(),
  failed: z.string().nullable(),
});

/** Null where heads are stamped by nobody. */
export function readStampSetting(setting: string | null): StampSetting | null {
  return setting === null || setting === '' ? null : stampSetting.parse(JSON.parse(setting));
}

export function stampSettingText(stamping: StampSetting | null): { readonly name: string; readonly value: string } {
  return { name: STAMP_SETTING, value: stamping === null ? '' : JSON.stringify(stamping) };
}

/** Certificates that the archive was told to trust; none where it was told of none, or of what cannot be read. */
export function trustedIn(setting: string | null): readonly KnownCertificate[] {
  try {
    const trust = readStampSetting(setting)?.trust ?? null;
    const read = trust === null ? null : trustedCertificates(trust);
    return read?.ok ? read.value : [];
  } catch {
    return [];
  }
}

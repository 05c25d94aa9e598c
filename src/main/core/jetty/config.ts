import { fail, ok, type Result } from '../../../shared/errors.ts';
import { DEFAULT_ADDRESS, normaliseAddress, regionAddress } from './address.ts';

/** What the machine already knows of a Jetty account, and from where. `token` is null where none was found. */
export type JettySettings = {
  readonly address: string;
  readonly addressFrom: 'JETTY_API_URL' | 'JETTY_REGION' | 'config' | 'default';
  readonly token: string | null;
  readonly tokenFrom: 'JETTY_TOKEN' | 'JETTY_API_TOKEN' | 'config' | null;
};

export type SettingsSource = {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The user's home directory. */
  readonly home: string;
  /** The text of a file, or null where it cannot be read. */
  readonly readFile: (path: string) => string | null;
};

type ConfigFile = { readonly address: string | null; readonly token: string | null };

/**
 * Finds address and token by the conventions of the product's own client (JETTY_API.md): the environment first, then
 * the first readable config file. Nothing is written anywhere.
 */
export function discoverSettings(source: SettingsSource): Result<JettySettings> {
  const config = readConfig(source);
  if (!config.ok) return config;
  const address = addressOf(source.env, config.value);
  if (!address.ok) return address;
  return ok({ ...address.value, ...tokenOf(source.env, config.value) });
}

/** A token as people keep it: the first line of a file or variable, without the white space around it. */
export function tokenFromText(text: string): string {
  return (text.replace(/^\ufeff/, '').split(/\r?\n/, 1)[0] ?? '').trim();
}

/** Refuses a token that cannot travel in an HTTP header, without repeating any of it. Source: RFC 9110 §5.5. */
export function checkToken(token: string): Result<string> {
  if (token === '') {
    return fail(
      'bad_input',
      'No API token was given.',
      'Create one in Jetty under Organization > Settings > API tokens.',
    );
  }
  if (!/^[\x21-\x7e]+$/.test(token)) {
    const hint = 'Copy the token again, in one line, and nothing else with it.';
    return fail('bad_input', 'The API token holds spaces, line breaks or letters that no token can hold.', hint);
  }
  return ok(token);
}

function addressOf(
  env: SettingsSource['env'],
  config: ConfigFile,
): Result<Pick<JettySettings, 'address' | 'addressFrom'>> {
  const url = filled(env.JETTY_API_URL);
  const region = filled(env.JETTY_REGION);
  if (url !== null) return from('JETTY_API_URL', normaliseAddress(url));
  if (region !== null) return from('JETTY_REGION', regionAddress(region));
  if (config.address !== null) return from('config', normaliseAddress(config.address));
  return ok({ address: DEFAULT_ADDRESS, addressFrom: 'default' });
}

function from(
  addressFrom: JettySettings['addressFrom'],
  address: Result<string>,
): Result<Pick<JettySettings, 'address' | 'addressFrom'>> {
  return address.ok ? ok({ address: address.value, addressFrom }) : address;
}

function tokenOf(env: SettingsSource['env'], config: ConfigFile): Pick<JettySettings, 'token' | 'tokenFrom'> {
  for (const name of ['JETTY_TOKEN', 'JETTY_API_TOKEN'] as const) {
    const token = filled(env[name]);
    if (token !== null) return { token, tokenFrom: name };
  }
  return config.token === null ? { token: null, tokenFrom: null } : { token: config.token, tokenFrom: 'config' };
}

function readConfig(source: SettingsSource): Result<ConfigFile> {
  const named = filled(source.env.JETTY_CONFIG);
  const paths = [named, `${source.home}/.config/jetty/config.json`, `${source.home}/.jetty.json`];
  for (const path of paths) {
    const text = path === null ? null : source.readFile(path);
    if (text !== null) return parseConfig(text);
  }
  return ok({ address: null, token: null });
}

function parseConfig(text: string): Result<ConfigFile> {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\ufeff/, ''));
  } catch {
    value = null;
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    const hint = 'Mend or remove that file, or set JETTY_API_URL and JETTY_TOKEN.';
    return fail('bad_input', "The jetty command's config file is not a JSON object.", hint);
  }
  const config = value as Record<string, unknown>;
  return ok({ address: filled(config.api_url) ?? filled(config.server), token: filled(config.token) });
}

function filled(value: unknown): string | null {
  const text = typeof value === 'string' ? value.trim() : '';
  return text === '' ? null : text;
}

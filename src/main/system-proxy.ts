// The proxy of the system, as the environment names it (HTTPS_PROXY, HTTP_PROXY, ALL_PROXY, NO_PROXY, in either case), else
// as the desktop does.

export type Environment = Readonly<Record<string, string | undefined>>;

export type ProxySettings = { readonly httpProxy?: string; readonly httpsProxy?: string; readonly noProxy: string };

/** What the environment says of proxies; null where it names none. */
export function proxySettings(env: Environment): ProxySettings | null {
  const read = (name: string) => env[name.toLowerCase()]?.trim() || env[name]?.trim() || null;
  const all = read('ALL_PROXY');
  const httpsProxy = read('HTTPS_PROXY') ?? all;
  const httpProxy = read('HTTP_PROXY') ?? all;
  if (httpsProxy === null && httpProxy === null) return null;
  return { ...(httpsProxy && { httpsProxy }), ...(httpProxy && { httpProxy }), noProxy: read('NO_PROXY') ?? '' };
}

const SCHEMES: Readonly<Record<string, string>> = { PROXY: 'http', HTTP: 'http', HTTPS: 'https', SOCKS5: 'socks5' };

/**
 * The first proxy of a list in the form that desktops and browsers give (`PROXY host:port; DIRECT`), as an address; null
 * where the way is direct. A kind that cannot be used comes back as it is, and will be refused with its name.
 */
export function proxyOfList(list: string): string | null {
  const [kind = '', place = ''] = (list.split(';')[0] ?? '').trim().split(/\s+/);
  if (kind === '' || kind.toUpperCase() === 'DIRECT') return null;
  return `${SCHEMES[kind.toUpperCase()] ?? kind.toLowerCase()}://${place}`;
}

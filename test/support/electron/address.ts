// Chromium cannot load a page from a scheme it does not know, so inside it `app://logbook/x` is `https://logbook.app.invalid/x`.
// `.invalid` is reserved (RFC 2606): no such host exists, and every request for it is answered by the stand-in.
const INSIDE = /^https:\/\/([a-z0-9-]+)\.([a-z][a-z0-9]*)\.invalid(?=\/|$)/;
const OURS = /^([a-z][a-z0-9]*):\/\/([a-z0-9-]+)(?=\/|$)/;
const CHROMIUMS_OWN = new Set(['http', 'https', 'file', 'ws', 'wss', 'blob', 'about', 'data', 'devtools']);

/** The address as Chromium is told it. */
export function toChromium(address: string): string {
  return address.replace(OURS, (all, scheme: string, host: string) =>
    CHROMIUMS_OWN.has(scheme) ? all : `https://${host}.${scheme}.invalid`,
  );
}

/** The address as the application is told it. */
export function fromChromium(address: string): string {
  return address.replace(INSIDE, (_all, host: string, scheme: string) => `${scheme}://${host}`);
}

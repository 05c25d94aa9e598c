import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { onTestFinished } from 'vitest';

export type Seen = { readonly method: string; readonly target: string; readonly headers: string };

/** A proxy that notes what it is asked for and lets nothing through. */
export async function startProxy(): Promise<{ readonly seen: Seen[]; readonly url: string }> {
  const seen: Seen[] = [];
  const note = (request: IncomingMessage) =>
    seen.push({ method: request.method ?? '', target: request.url ?? '', headers: JSON.stringify(request.headers) });
  const server = createServer((request, response) => {
    note(request);
    response.writeHead(502).end();
  });
  server.on('connect', (request: IncomingMessage, socket: Socket) => {
    note(request);
    socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return { seen, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

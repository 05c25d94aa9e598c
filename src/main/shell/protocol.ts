import type { Session } from 'electron';
import { protocol } from 'electron';
import { SCHEME } from './address.ts';
import { createFileServer } from './serve.ts';

/** Makes `app:` a standard, secure scheme. Must run before Electron is ready. */
export function registerScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: SCHEME, privileges: { standard: true, secure: true, codeCache: true } },
  ]);
}

/** Serves the built renderer to pages of this session. */
export function serveRenderer(session: Session, root: string): void {
  session.protocol.handle(SCHEME, createFileServer(root));
}

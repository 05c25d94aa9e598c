import { app } from './app.ts';
import { LoudEmitter, loud } from './loud.ts';

type ProtocolHandler = (request: Request) => Response | Promise<Response>;
type BeforeRequest = (details: { url: string }, callback: (answer: { cancel?: boolean }) => void) => void;
type PermissionCheck = (contents: null, permission: string, origin: string, details: object) => boolean;

const privileged = new Set<string>();
const sessions = new Map<string, Session>();

/** What a page may load and do. One for every partition, as in Electron. */
export class Session extends LoudEmitter {
  readonly handlers = new Map<string, ProtocolHandler>();
  beforeRequest: BeforeRequest | null = null;
  permissionCheck: PermissionCheck | null = null;
  // Kept, never called: Chromium decides by the check alone (see page-link.ts).
  permissionRequest: unknown = null;

  readonly protocol = loud('protocol', {
    handle: (scheme: string, handler: ProtocolHandler) => {
      if (!privileged.has(scheme)) throw new Error(`The scheme ${scheme} was not registered as privileged in time.`);
      if (this.handlers.has(scheme)) throw new Error(`The scheme ${scheme} has a handler already.`);
      this.handlers.set(scheme, handler);
    },
  });
  readonly webRequest = loud('webRequest', {
    onBeforeRequest: (listener: BeforeRequest | null) => {
      this.beforeRequest = listener;
    },
  });

  constructor() {
    super('Session', ['will-download']);
  }

  setPermissionRequestHandler(handler: unknown): void {
    this.permissionRequest = handler;
  }
  setPermissionCheckHandler(handler: PermissionCheck | null): void {
    this.permissionCheck = handler;
  }
  // Chromium without a prompt grants neither of these two.
  setDevicePermissionHandler(_handler: unknown): void {}
  setDisplayMediaRequestHandler(_handler: unknown): void {}
  setSpellCheckerEnabled(_enable: boolean): void {}

  /** Node knows no settings of the desktop; the environment's are read elsewhere. */
  async resolveProxy(_url: string): Promise<string> {
    return 'DIRECT';
  }

  /** Whether the application cancels a request for this address. */
  async cancels(url: string): Promise<boolean> {
    const { beforeRequest } = this;
    if (!beforeRequest) return false;
    return new Promise((resolve) => beforeRequest({ url }, ({ cancel }) => resolve(cancel === true)));
  }
}

function fromPartition(partition: string): Session {
  const known = sessions.get(partition);
  if (known) return known;
  const created = loud('Session', new Session());
  sessions.set(partition, created);
  app.emit('session-created', created);
  return created;
}

export const session = loud('session', {
  fromPartition,
  get defaultSession() {
    return fromPartition('');
  },
});

export const protocol = loud('protocol', {
  registerSchemesAsPrivileged(schemes: readonly { readonly scheme: string }[]): void {
    if (app.isReady()) throw new Error('protocol.registerSchemesAsPrivileged should be called before app is ready');
    for (const { scheme } of schemes) privileged.add(scheme);
  },
});

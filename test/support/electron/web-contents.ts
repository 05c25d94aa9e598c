import { LoudEmitter, loud } from './loud.ts';
import type { PageLink } from './page-link.ts';
import type { Session } from './session.ts';

type OpenHandler = (details: { readonly url: string }) => { readonly action: string };

let lastId = 0;

/** What a window shows. Has a page once the first address is loaded. */
export class WebContents extends LoudEmitter {
  readonly id: number;
  readonly session: Session;
  link: PageLink | null = null;
  destroyed = false;
  private openHandler: OpenHandler | null = null;

  constructor(session: Session) {
    super('WebContents', [
      'render-process-gone',
      'will-attach-webview',
      'will-frame-navigate',
      'will-navigate',
      'will-redirect',
    ]);
    lastId += 1;
    this.id = lastId;
    this.session = session;
  }

  isDestroyed(): boolean {
    return this.destroyed;
  }

  send(channel: string, ...args: unknown[]): void {
    this.link?.send(channel, args);
  }

  getURL(): string {
    return this.link?.url() ?? '';
  }

  async executeJavaScript(code: string): Promise<unknown> {
    return this.link?.evaluate(code);
  }

  setWindowOpenHandler(handler: OpenHandler | null): void {
    this.openHandler = handler;
  }

  /** Asks the application about a window the page wants; the stand-in can only deny. */
  wantsWindow(url: string): void {
    if (this.openHandler?.({ url }).action !== 'deny') throw new Error('The stand-in opens no second window.');
  }
}

export function createWebContents(session: Session): WebContents {
  return loud('WebContents', new WebContents(session));
}

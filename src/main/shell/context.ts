import type { z } from 'zod';
import type { EventName, EventPayload, METHODS, MethodName, Output } from '../../shared/contract.ts';
import type { Result } from '../../shared/errors.ts';
import type { Scheme } from '../../shared/preferences.ts';
import type { KdfCost } from '../core/archive/key-wrap.ts';
import type { KeyWrapper } from '../core/ports.ts';

/** What a handler receives: the input after its schema has checked, trimmed and completed it. */
export type Parsed<M extends MethodName> = z.output<(typeof METHODS)[M]['input']>;

export type Handler<M extends MethodName> = (input: Parsed<M>) => Promise<Result<Output<M>>>;

/** One handler for every method of the contract. */
export type Handlers = { readonly [M in MethodName]: Handler<M> };

/** Tells the window of an event; does nothing while there is no window. */
export type Announce = <E extends EventName>(event: E, payload: EventPayload<E>) => void;

export type WindowAction = 'minimise' | 'maximise' | 'close';

export type AppInfo = { readonly version: string; readonly runtime: string; readonly platform: string };

/** The system's own dialogs. Every method answers null when the person cancels. Paths stay in the main process. */
export type Dialogs = {
  chooseFolder(options: { readonly title: string; readonly button: string }): Promise<string | null>;
  chooseFiles(options: { readonly title: string; readonly button: string }): Promise<readonly string[] | null>;
  /** `name` is the suggested file name, `extension` comes without its dot. */
  saveFile(options: {
    readonly title: string;
    readonly name: string;
    readonly kind: string;
    readonly extension: string;
  }): Promise<string | null>;
};

/** The only way out of the application to other programs. */
export type SafeShell = {
  /** Opens the system's browser at an address of the allow-list; `forbidden` for any other. */
  openExternal(url: string): Promise<Result<null>>;
  /** Shows a file in the system's file manager. */
  reveal(path: string): void;
};

/** What the tray shows: a mark, a text of at most 127 characters, and whether a sync can be asked for. */
export type TrayView = {
  readonly mark: 'calm' | 'syncing' | 'trouble';
  readonly text: string;
  readonly canSync: boolean;
};

/** Everything of the desktop that the services may use. They import no electron themselves. */
export type ServiceContext = {
  readonly userData: string;
  readonly documents: string;
  readonly resourcesDir: string;
  /** Folder of the built main process, where the worker scripts lie. */
  readonly mainDir: string;
  readonly info: AppInfo;
  readonly announce: Announce;
  readonly dialogs: Dialogs;
  readonly safeShell: SafeShell;
  /** What the desktop shows outside the window, where it can. */
  readonly notifications: {
    supported(): boolean;
    show(notification: { readonly title: string; readonly body: string }): void;
  };
  /** The desktop's way to an address, as browsers write it: `DIRECT`, or `PROXY host:port; …`. */
  proxyFor(url: string): Promise<string>;
  readonly showInTray: (view: TrayView) => void;
  /** The operating system's keychain, or null where none can be trusted. */
  keychain(): Promise<KeyWrapper | null>;
  /** What unlocking a new archive costs; lowered by tests only. */
  readonly kdfCost?: KdfCost;
  windowControl(action: WindowAction): void;
  /** Somebody used the window: they are there. */
  touched(): void;
  setScheme(scheme: Scheme): void;
};

export type Services = {
  readonly handlers: Handlers;
  /** Minutes without anybody there after which to lock; 0 is never. */
  lockMinutes(): number;
  /** Closes the open archive and forgets its key. Safe to call at any time. */
  lock(): Promise<void>;
  /** Syncs the open archive, as a person asks for it. */
  syncNow(): void;
  /** The machine woke from sleep. */
  woke(): void;
  /** Locks, stops the workers; called once, before the process ends. */
  dispose(): Promise<void>;
};

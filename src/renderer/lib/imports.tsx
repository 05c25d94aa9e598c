import { useQueryClient } from '@tanstack/react-query';
import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useRef, useState } from 'react';
import type { EventPayload, Output } from '../../shared/contract.ts';
import { FailureError, failure } from '../../shared/errors.ts';
import { APP_STATE } from './app-state.ts';
import { call, failureOf, listen } from './client.ts';

export type Preview = Output<'import.preview'>;
export type Imported = Output<'import.run'>;
type Progress = EventPayload<'import.progress'>;

/** Where an import stands. `label` names the files: one by its name, several by their number. */
export type ImportStep =
  | { readonly kind: 'idle' }
  | { readonly kind: 'receiving'; readonly label: string; readonly progress: Progress }
  | { readonly kind: 'looking'; readonly label: string; readonly progress: Progress | null }
  | { readonly kind: 'preview'; readonly label: string; readonly id: string; readonly preview: Preview }
  | { readonly kind: 'importing'; readonly label: string; readonly progress: Progress | null }
  | { readonly kind: 'done'; readonly label: string; readonly result: Imported }
  | { readonly kind: 'failed'; readonly error: unknown };

type Imports = {
  readonly step: ImportStep;
  readonly choose: (kind: 'files' | 'folder') => Promise<void>;
  readonly drop: (files: readonly File[]) => Promise<void>;
  readonly run: () => Promise<void>;
  /** Stops what goes on; what was imported stays. */
  readonly cancel: () => void;
  /** Puts away a preview, a result or an error. */
  readonly close: () => void;
};

// As large as the contract allows; `LARGEST_PIECE` itself would bring its schemas into the window.
const PIECE = 1024 * 1024;
const IDLE: ImportStep = { kind: 'idle' };
const ImportContext = createContext<Imports | null>(null);

/** One import at a time; it goes on while other screens are shown. */
export function ImportProvider({ children }: { children: ReactNode }) {
  const client = useQueryClient();
  const [step, setStep] = useState<ImportStep>(IDLE);
  const wanted = useRef(true);

  useEffect(
    () =>
      listen('import.progress', (progress) =>
        setStep((now) => (now.kind === 'looking' || now.kind === 'importing' ? { ...now, progress } : now)),
      ),
    [],
  );

  const attempt = useCallback(async (work: () => Promise<void>) => {
    wanted.current = true;
    try {
      await work();
    } catch (error) {
      setStep(failureOf(error).code === 'cancelled' ? IDLE : { kind: 'failed', error });
    }
  }, []);

  const look = useCallback(async (id: string, label: string) => {
    setStep({ kind: 'looking', label, progress: null });
    const preview = await call('import.preview', { id });
    setStep({ kind: 'preview', id, label, preview });
  }, []);

  const choose = useCallback(
    (kind: 'files' | 'folder') =>
      attempt(async () => {
        const chosen = await call('import.choose', { kind });
        if (chosen) await look(chosen.id, chosen.label);
      }),
    [attempt, look],
  );

  const drop = useCallback(
    (files: readonly File[]) =>
      attempt(async () => {
        if (files.length === 0) {
          const message = 'Nothing that was dropped looks like an export.';
          const hint = 'Drop JSON, NDJSON or CSV files, packed or not, or folders of them.';
          throw new FailureError(failure('bad_input', message, hint));
        }
        const names = files.map(({ name, size }) => ({ name, size }));
        const { id, label } = await call('import.begin', { files: names });
        const total = files.reduce((sum, file) => sum + file.size, 0);
        let done = 0;
        for (const [file, content] of files.entries()) {
          for (let at = 0; at < content.size; at += PIECE) {
            if (!wanted.current) {
              await call('import.discard', { id });
              setStep(IDLE);
              return;
            }
            setStep({ kind: 'receiving', label, progress: { done, total, note: 'Taking in the dropped files' } });
            const bytes = new Uint8Array(await content.slice(at, at + PIECE).arrayBuffer());
            await call('import.piece', { id, file, bytes });
            done += bytes.length;
          }
        }
        await look(id, label);
      }),
    [attempt, look],
  );

  const run = useCallback(
    () =>
      attempt(async () => {
        if (step.kind !== 'preview') return;
        const { id, label } = step;
        setStep({ kind: 'importing', label, progress: null });
        try {
          setStep({ kind: 'done', label, result: await call('import.run', { id }) });
        } finally {
          void client.invalidateQueries({ queryKey: APP_STATE });
        }
      }),
    [attempt, client, step],
  );

  const cancel = useCallback(() => {
    wanted.current = false;
    void call('import.cancel', {}).catch(() => {});
  }, []);

  const close = useCallback(() => {
    if (step.kind === 'preview') void call('import.discard', { id: step.id }).catch(() => {});
    setStep(IDLE);
  }, [step]);

  const value = useMemo(() => ({ step, choose, drop, run, cancel, close }), [step, choose, drop, run, cancel, close]);
  return <ImportContext value={value}>{children}</ImportContext>;
}

export function useImports(): Imports {
  const imports = useContext(ImportContext);
  if (!imports) throw new Error('no import provider');
  return imports;
}

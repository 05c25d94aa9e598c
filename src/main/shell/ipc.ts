import type { IpcMain, IpcMainInvokeEvent } from 'electron';
import type { z } from 'zod';
import { channelOf } from '../../shared/bridge.ts';
import { METHODS, type MethodName } from '../../shared/contract.ts';
import { FailureError, fail, type Result } from '../../shared/errors.ts';
import type { AppAddress } from './address.ts';
import type { Handlers } from './context.ts';
import type { Report } from './report.ts';

/** Who may call: the page of the application, in the main frame of a window it opened. */
export type SenderPolicy = {
  readonly address: AppAddress;
  isOwnWindow(webContentsId: number): boolean;
};

/** What is judged of a call's sender; Electron's event has it all. */
export type Sender = {
  readonly sender: { readonly id: number };
  readonly senderFrame: { readonly url: string; readonly parent: unknown } | null;
};

type UncheckedHandler = (input: unknown) => Promise<Result<unknown>>;

/** Registers every method of the contract, each behind the check of its sender, its input and its output. */
export function registerHandlers(
  ipc: Pick<IpcMain, 'handle'>,
  handlers: Handlers,
  policy: SenderPolicy,
  report: Report,
): void {
  for (const method of Object.keys(METHODS) as MethodName[]) {
    const handler = handlers[method] as UncheckedHandler;
    ipc.handle(channelOf(method), async (event: IpcMainInvokeEvent, input: unknown) => {
      if (!isTrusted(event, policy)) {
        report(`A call of ${method} from outside the application's own page was refused.`);
        return fail('forbidden', 'This page may not use Logbook.', 'Restart Logbook.');
      }
      return answer(method, handler, input, report);
    });
  }
}

/** Whether a call comes from the main frame of one of our windows, showing our own page. */
export function isTrusted(event: Sender, policy: SenderPolicy): boolean {
  const frame = event.senderFrame;
  return (
    frame !== null && frame.parent === null && policy.isOwnWindow(event.sender.id) && policy.address.owns(frame.url)
  );
}

/** Runs one handler between its two schemas. Always resolves to a `Result`; details of a fault go to the report only. */
export async function answer(
  method: MethodName,
  handler: UncheckedHandler,
  input: unknown,
  report: Report,
): Promise<Result<unknown>> {
  const schemas: { readonly input: z.ZodType; readonly output: z.ZodType } = METHODS[method];
  const parsed = schemas.input.safeParse(input);
  if (!parsed.success) {
    return fail(
      'bad_input',
      `${method} was asked with wrong values: ${places(parsed.error)}.`,
      'Check what was entered.',
    );
  }
  try {
    const result = await handler(parsed.data);
    if (!result.ok) return result;
    const checked = schemas.output.safeParse(result.value);
    if (checked.success) return { ok: true, value: checked.data };
    report(`The answer of ${method} does not fit its schema (${places(checked.error)}).`);
  } catch (error) {
    if (error instanceof FailureError) return { ok: false, error: error.failure };
    report(`${method} failed`, error);
  }
  return fail(
    'unexpected',
    `Something went wrong inside Logbook (${method}).`,
    'Try again; if it stays, restart Logbook.',
  );
}

/** Names the fields and what is wrong with each, never the values: they may be secret. */
function places(error: z.ZodError): string {
  const named = error.issues.slice(0, 3).map((issue) => `${issue.path.join('.') || 'input'} (${issue.code})`);
  return named.join(', ');
}

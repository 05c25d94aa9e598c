import type { MethodName } from '../../../shared/contract.ts';
import { METHODS } from '../../../shared/contract.ts';
import { fail, ok } from '../../../shared/errors.ts';
import type { Handlers, ServiceContext, Services } from '../context.ts';

// Placeholder until the services are written: nothing is known, nothing can be opened.
export function createServices(context: ServiceContext): Services {
  const missing = (name: string) => async () => fail('unexpected', `${name} is not written yet.`, 'Wait for it.');
  const handlers = Object.fromEntries((Object.keys(METHODS) as MethodName[]).map((name) => [name, missing(name)]));
  return {
    handlers: {
      ...(handlers as unknown as Handlers),
      'app.state': async () => ok({ kind: 'locked', recent: [] }),
      'app.info': async () => ok(context.info),
      'preferences.get': async () => ok({ scheme: 'auto', zone: null }),
      'window.control': async ({ action }) => {
        context.windowControl(action);
        return ok({});
      },
    },
    async lock() {},
    async dispose() {},
  };
}

import { onTestFinished } from 'vitest';
import type { OrganisationOptions } from '../../../src/main/core/simulator/options.ts';
import { type Simulator, type SimulatorOptions, startSimulator } from '../../../src/main/core/simulator/server.ts';
import { LOG_PATH } from '../../../src/main/core/simulator/service.ts';
import { unwrap } from '../../../src/shared/errors.ts';

export const NOW = Date.parse('2026-11-24T10:30:15.500Z');

export const SMALL: OrganisationOptions = { entries: 900, days: 30, seed: 7, now: NOW };

export type Item = {
  id: string;
  timestamp: string;
  action: string;
  actor: { id: string; name: string; email: string } | null;
  target: { type: string; id: string | null; name: string | null } | null;
  context: {
    ip_address: string | null;
    user_agent: string | null;
    team_id: string | null;
    team_name: string | null;
  } | null;
  metadata: Record<string, unknown> | [];
};

/** Starts a simulator that ends with the test. */
export async function running(options: Partial<SimulatorOptions> = {}): Promise<Simulator> {
  const simulator = unwrap(await startSimulator({ port: 0, ...SMALL, ...options }));
  onTestFinished(() => simulator.close());
  return simulator;
}

export function ask(simulator: Simulator, query = '', token: string | null = simulator.token): Promise<Response> {
  const authorization: Record<string, string> = token === null ? {} : { Authorization: `Bearer ${token}` };
  return fetch(`${simulator.url}${LOG_PATH}${query}`, { headers: { Accept: 'application/json', ...authorization } });
}

export type PageBody = {
  data: Item[];
  links: Record<string, string | null>;
  meta: Record<string, number | string | null>;
};

export async function pageOf(simulator: Simulator, query = ''): Promise<PageBody> {
  const response = await ask(simulator, query);
  if (response.status !== 200) throw new Error(`${query} was answered with ${response.status}`);
  return (await response.json()) as PageBody;
}

/** Walks all pages of a query by their number, until the last page that the envelope names. */
export async function walk(simulator: Simulator, query: Record<string, string> = {}): Promise<Item[]> {
  const items: Item[] = [];
  for (let page = 1; ; page++) {
    const body = await pageOf(simulator, `?${new URLSearchParams({ per_page: '100', ...query, page: String(page) })}`);
    items.push(...body.data);
    if (page >= Number(body.meta.last_page)) return items;
  }
}

export async function truthLinesOf(simulator: Simulator, query = ''): Promise<string[]> {
  const response = await fetch(`${simulator.url}/truth/entries${query}`);
  return (await response.text()).split('\n').filter((line) => line !== '');
}

/** Rows asked for at once; positions are cut into pages of this size. */
export const PAGE_SIZE = 64;
/** Pages kept: 8,000 rows, some megabytes however long the list is. */
const MOST_PAGES = 125;
/** More at once would only queue behind each other in the reader. */
const MOST_IN_FLIGHT = 2;

export type FetchPage<T> = (offset: number, limit: number) => Promise<readonly T[]>;

/**
 * A window on a list too long to hold: the pages last looked at, fetched by position. The newest wish wins; wishes that
 * scrolling has left behind are dropped, not queued.
 */
export class PageWindow<T> {
  readonly #fetch: FetchPage<T>;
  readonly #total: number;
  readonly #pages = new Map<number, readonly T[]>();
  readonly #inFlight = new Set<number>();
  readonly #listeners = new Set<() => void>();
  #wanted: number[] = [];
  #failure: unknown = null;

  /** `first` is the first page, where it is known already. */
  constructor(total: number, fetch: FetchPage<T>, first?: readonly T[]) {
    this.#total = total;
    this.#fetch = fetch;
    if (first) this.#pages.set(0, first);
  }

  /** The last error of a fetch; null once a page has come again. */
  get failure(): unknown {
    return this.#failure;
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  get(position: number): T | null {
    return this.#pages.get(Math.floor(position / PAGE_SIZE))?.[position % PAGE_SIZE] ?? null;
  }

  has(first: number, last: number): boolean {
    for (const page of this.#pagesOf(first, last)) if (!this.#pages.has(page)) return false;
    return true;
  }

  /** Wishes for the rows from `first` to `last`, both included, in place of every earlier wish. */
  ensure(first: number, last: number): void {
    const wanted: number[] = [];
    for (const page of this.#pagesOf(first, last)) {
      const rows = this.#pages.get(page);
      if (rows) {
        this.#pages.delete(page);
        this.#pages.set(page, rows);
      } else if (!this.#inFlight.has(page)) wanted.push(page);
    }
    this.#wanted = wanted;
    this.#pump();
  }

  *#pagesOf(first: number, last: number): Generator<number> {
    const end = Math.min(Math.ceil(this.#total / PAGE_SIZE) - 1, Math.floor(last / PAGE_SIZE));
    for (let page = Math.max(0, Math.floor(first / PAGE_SIZE)); page <= end; page++) yield page;
  }

  #pump(): void {
    while (this.#inFlight.size < MOST_IN_FLIGHT) {
      const page = this.#wanted.shift();
      if (page === undefined) return;
      this.#inFlight.add(page);
      void this.#load(page);
    }
  }

  async #load(page: number): Promise<void> {
    try {
      const rows = await this.#fetch(page * PAGE_SIZE, PAGE_SIZE);
      this.#pages.set(page, rows);
      this.#failure = null;
      for (const oldest of this.#pages.keys()) {
        if (this.#pages.size <= MOST_PAGES) break;
        this.#pages.delete(oldest);
      }
    } catch (error) {
      this.#failure = error;
    }
    this.#inFlight.delete(page);
    for (const listener of this.#listeners) listener();
    this.#pump();
  }
}

/** Questions of the window that are being answered, by the number the window gave them, so that it can give them up. */
export class Tickets {
  readonly #open = new Map<number, AbortController>();

  /** Answers a question; the signal tells that it was given up. Without a number it cannot be. */
  async hold<T>(ticket: number | undefined, answer: (signal: AbortSignal | undefined) => Promise<T>): Promise<T> {
    if (ticket === undefined) return answer(undefined);
    const own = new AbortController();
    this.#open.set(ticket, own);
    try {
      return await answer(own.signal);
    } finally {
      this.#open.delete(ticket);
    }
  }

  giveUp(ticket: number): void {
    this.#open.get(ticket)?.abort();
  }
}

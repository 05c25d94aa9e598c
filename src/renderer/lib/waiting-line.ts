type Waiting = { readonly begin: () => void; readonly ahead: boolean };

/**
 * Questions wait in line here and not in the archive's thread, which answers one after the other: a question that nobody
 * waits for any more, because a further letter was typed, is then never asked. What is looked at goes ahead of what stands
 * beside it, in whatever order they were asked for in one go.
 */
export class WaitingLine {
  readonly #most: number;
  readonly #waiting: Waiting[] = [];
  #asked = 0;
  #ahead = 0;
  #moving = false;

  /** `most`: so many are asked at once. Two keep the thread busy. */
  constructor(most: number) {
    this.#most = most;
  }

  /**
   * Asks when it is this question's turn; `ahead` of all that are not, and at once: none of those begins until it is
   * answered. Rejects with the signal's reason where it was given up before.
   */
  async ask<T>(question: () => Promise<T>, signal?: AbortSignal, ahead = false): Promise<T> {
    await this.#turn(signal, ahead);
    try {
      return await question();
    } finally {
      this.#asked--;
      if (ahead) this.#ahead--;
      this.#move();
    }
  }

  #turn(signal: AbortSignal | undefined, ahead: boolean): Promise<void> {
    signal?.throwIfAborted();
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        this.#waiting.splice(this.#waiting.indexOf(one), 1);
        reject(signal?.reason);
      };
      const one: Waiting = {
        ahead,
        begin: () => {
          signal?.removeEventListener('abort', leave);
          resolve();
        },
      };
      this.#waiting.push(one);
      signal?.addEventListener('abort', leave, { once: true });
      this.#move();
    });
  }

  // Once all that is asked for in one go stands in line.
  #move(): void {
    if (this.#moving) return;
    this.#moving = true;
    queueMicrotask(() => {
      this.#moving = false;
      for (let next = this.#next(); next >= 0; next = this.#next()) {
        const [one] = this.#waiting.splice(next, 1);
        this.#asked++;
        if (one?.ahead) this.#ahead++;
        one?.begin();
      }
    });
  }

  #next(): number {
    const urgent = this.#waiting.findIndex((one) => one.ahead);
    if (urgent >= 0 || this.#waiting.length === 0) return urgent;
    return this.#ahead === 0 && this.#asked < this.#most ? 0 : -1;
  }
}

/**
 * Questions wait in line here and not in the archive's thread, which answers one after the other: a question that nobody
 * waits for any more, because a further letter was typed, is then never asked.
 */
export class WaitingLine {
  readonly #most: number;
  readonly #waiting: (() => void)[] = [];
  #asked = 0;

  /** `most`: so many are asked at once. Two keep the thread busy. */
  constructor(most: number) {
    this.#most = most;
  }

  /** Asks when it is this question's turn. Rejects with the signal's reason where it was given up before. */
  async ask<T>(question: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    await this.#turn(signal);
    try {
      return await question();
    } finally {
      this.#asked--;
      this.#waiting.shift()?.();
    }
  }

  #turn(signal: AbortSignal | undefined): Promise<void> {
    signal?.throwIfAborted();
    if (this.#asked < this.#most) {
      this.#asked++;
      return Promise.resolve();
    }
    return new Promise((resolve, reject) => {
      const begin = (): void => {
        signal?.removeEventListener('abort', leave);
        this.#asked++;
        resolve();
      };
      const leave = (): void => {
        this.#waiting.splice(this.#waiting.indexOf(begin), 1);
        reject(signal?.reason);
      };
      this.#waiting.push(begin);
      signal?.addEventListener('abort', leave, { once: true });
    });
  }
}

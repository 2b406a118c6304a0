import { isTableFailure } from './errors.js';

/** Time between two attempts of a query that failed. */
const REPEAT_MS = 1_000;

/** Whether tables of a store cannot be read although its server can be reached. The first query that fails is repeated until it succeeds. */
export class FailingReads {
  readonly #onState: (code: string | null) => void;
  #failure: string | null = null;
  #timer: NodeJS.Timeout | undefined;
  #isClosed = false;

  /** `onState` is called with a code when a query fails, and with null when it succeeds again. */
  constructor(onState: (code: string | null) => void = () => {}) {
    this.#onState = onState;
  }

  /** Why a query fails, as a code; null if all succeed. */
  get failure(): string | null {
    return this.#failure;
  }

  /** Takes note of the error of a query, which `repeat` sends again. */
  failed(error: unknown, repeat: () => Promise<unknown>): void {
    if (this.#failure !== null || this.#isClosed || !isTableFailure(error)) return;
    this.#report(error.code);
    this.#repeatLater(repeat);
  }

  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#timer);
  }

  #repeatLater(repeat: () => Promise<unknown>): void {
    this.#timer = setTimeout(() => {
      repeat().then(
        () => this.#report(null),
        () => this.#repeatLater(repeat),
      );
    }, REPEAT_MS).unref();
  }

  #report(code: string | null): void {
    if (this.#isClosed) return;
    this.#failure = code;
    this.#onState(code);
  }
}

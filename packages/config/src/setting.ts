/** A setting: an environment variable with its description, default and parser. */
export interface Setting<T> {
  description: string;
  /** Text, as in the environment; null if the setting is optional. */
  default: string | null;
  /** Whether its value must never be printed or logged. */
  secret?: boolean;
  /** Parses the text. Throws an Error that says what was expected. */
  read: (text: string) => T;
}

export type Settings = Record<string, Setting<unknown>>;
export type ConfigOf<S extends Settings> = { [K in keyof S]: S[K] extends Setting<infer T> ? T : never };

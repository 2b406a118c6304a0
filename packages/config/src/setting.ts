/** A setting, which is an environment variable or an entry of the configuration file. */
export interface Setting<T> {
  description: string;
  /** As text, like an environment variable; null if the setting is optional. */
  default: string | null;
  /** Whether the value is never printed. */
  secret?: boolean;
  /** Parses the text. Throws an Error that says what was expected. */
  read: (text: string) => T;
}

export type Settings = Record<string, Setting<unknown>>;
export type ConfigOf<S extends Settings> = { [K in keyof S]: S[K] extends Setting<infer T> ? T : never };

/** The text of a setting and its source. */
export interface SettingValue {
  /** Null if the setting is not set. */
  text: string | null;
  /** `environment`, `default`, `not set`, or a file with the line. */
  source: string;
}

/** The content of a configuration file. */
export interface ConfigFile {
  values: ReadonlyMap<string, SettingValue>;
  /** Messages with the line. */
  problems: readonly string[];
}

/** Invalid settings. The message has a line for each problem. Exit status 2. */
export class ConfigError extends Error {
  constructor(problems: string[]) {
    super(problems.join('\n'));
    this.name = 'ConfigError';
  }
}

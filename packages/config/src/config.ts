import { fileSettingOf, readSecretFile } from './secretFile.js';
import type { ConfigOf, Setting, Settings } from './setting.js';

/** Invalid settings; each line of the message names one and says what was expected. Programs exit with status 2. */
export class ConfigError extends Error {
  constructor(problems: string[]) {
    super(problems.join('\n'));
    this.name = 'ConfigError';
  }
}

/** A setting's text and its source. */
export interface Given {
  /** Null if it is not set. */
  text: string | null;
  /** `environment`, `default`, `not set`, or a file and line. */
  source: string;
}

/** Finds the text of each setting. The environment overrides the file; an empty variable counts as not set. */
export function gather(settings: Settings, env: NodeJS.ProcessEnv, file?: ConfigFile): Map<string, Given> {
  return new Map(
    Object.entries(settings).map(([name, setting]) => {
      const variable = env[name];
      if (variable) return [name, { text: variable, source: 'environment' }];
      return [
        name,
        file?.given.get(name) ?? { text: setting.default, source: setting.default === null ? 'not set' : 'default' },
      ];
    }),
  );
}

/** The settings in a configuration file, and its problems. */
export interface ConfigFile {
  given: ReadonlyMap<string, Given>;
  /** Each starts with file and line. */
  problems: readonly string[];
}

/** Reads all settings from the environment and a file. Throws ConfigError with all problems of both. */
export function readConfig<S extends Settings>(settings: S, env: NodeJS.ProcessEnv, file?: ConfigFile): ConfigOf<S> {
  const found = [...(file?.problems ?? [])];
  const given = gather(settings, env, file);
  const config: Record<string, unknown> = {};
  const add = (name: string, source: string, shown: string, message: string) =>
    found.push(
      `${source === 'environment' || source === 'default' ? '' : `${source}: `}${name}="${shown}": ${message}`,
    );
  for (const [name, setting] of Object.entries(settings)) {
    // An empty secret would silently disable authentication.
    if (setting.secret && env[name] === '') found.push(`${name}="": is empty; set a secret or unset the variable.`);
    const { text, source } = given.get(name) ?? { text: null, source: '' };
    try {
      config[name] = text === null ? null : setting.read(text);
    } catch (error) {
      const shown = shownText(setting, text ?? '');
      // The parser's message may contain the text.
      add(name, source, shown, (error as Error).message.replaceAll(text ?? '', shown));
    }
  }
  for (const [name, setting] of Object.entries(settings)) {
    const { text: file = null, source = '' } = given.get(fileSettingOf(name)) ?? {};
    if (!setting.secret || file === null) continue;
    const path = config[fileSettingOf(name)] as string;
    try {
      if (given.get(name)?.text !== null) throw new Error(`expected either this setting or ${name}, not both.`);
      const secret = readSecretFile(path);
      try {
        config[name] = setting.read(secret);
      } catch (error) {
        throw new Error(`the content of the file: ${(error as Error).message.replaceAll(secret, MASK)}`);
      }
    } catch (error) {
      add(fileSettingOf(name), source, path, (error as Error).message);
    }
  }
  if (found.length > 0) throw new ConfigError(found);
  return config as ConfigOf<S>;
}

const MASK = '***';

/** A setting's text with secrets, and credentials in URLs, masked. */
export const shownText = (setting: Setting<unknown>, text: string): string =>
  setting.secret ? MASK : maskCredentials(text);

/** Masks the credentials in URLs. Also in texts that are not valid URLs, where a password may contain any character. */
export const maskCredentials = (text: string): string => text.replace(/(\/\/|\\\\)[^\s,]*@/g, `$1${MASK}@`);

/** The settings as `--help` prints them. */
export function describeSettings(settings: Settings): string {
  const width = Math.max(...Object.keys(settings).map((name) => name.length)) + 2;
  const rows = Object.entries(settings).map(
    ([name, { description, default: value }]) =>
      `  ${name.padEnd(width)}${description}${value === null ? '' : ` Default: ${value}.`}`,
  );
  return ['Settings (environment variables, or entries of the configuration file):', ...rows, ''].join('\n');
}

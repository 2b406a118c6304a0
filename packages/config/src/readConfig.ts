import { stringify } from 'yaml';
import {
  ConfigError,
  type ConfigFile,
  type ConfigOf,
  type Setting,
  type Settings,
  type SettingValue,
} from './setting.js';

const MASK = '***';

/** Reads all settings from the environment and a configuration file. Throws a ConfigError with all problems of both. */
export function readConfig<S extends Settings>(settings: S, env: NodeJS.ProcessEnv, file?: ConfigFile): ConfigOf<S> {
  const problems = [...(file?.problems ?? [])];
  const values = collectValues(settings, env, file);
  const config: Record<string, unknown> = {};
  for (const [name, setting] of Object.entries(settings)) {
    // An empty secret must not count as not set: the process would accept requests from anyone.
    if (setting.secret && env[name] === '') problems.push(`${name}="" is empty; expected a secret, or unset it.`);
    const { text, source } = values.get(name) ?? { text: null, source: '' };
    try {
      config[name] = text === null ? null : setting.read(text);
    } catch (error) {
      const place = source === 'environment' || source === 'default' ? '' : `${source}: `;
      const redacted = redactText(setting, text ?? '');
      // The message may contain the text.
      problems.push(`${place}${name}="${redacted}": ${(error as Error).message.replaceAll(text ?? '', redacted)}`);
    }
  }
  if (problems.length > 0) throw new ConfigError(problems);
  return config as ConfigOf<S>;
}

/** The settings in effect as a configuration file, with the source of each. Secrets are masked. */
export function effectiveConfig(settings: Settings, env: NodeJS.ProcessEnv, file?: ConfigFile): string {
  const values = collectValues(settings, env, file);
  return Object.entries(settings)
    .map(([name, setting]) => {
      const { text, source } = values.get(name) ?? { text: null, source: 'not set' };
      const redacted = text === null ? null : redactText(setting, text);
      const value = redacted !== null && /^(0|[1-9]\d*)$/.test(redacted) ? Number(redacted) : redacted;
      return `${stringify({ [name]: value }, { lineWidth: 0 }).trimEnd()} # ${source}\n`;
    })
    .join('');
}

/** The settings as `--help` prints them. */
export function describeSettings(settings: Settings): string {
  const width = Math.max(...Object.keys(settings).map((name) => name.length)) + 2;
  const rows = Object.entries(settings).map(
    ([name, { description, default: value }]) =>
      `  ${name.padEnd(width)}${description}${value === null ? '' : ` Default: ${value}.`}`,
  );
  return ['Settings, each an environment variable or an entry of the configuration file:', ...rows, ''].join('\n');
}

/** The text of each setting. The environment overrides the file; an empty variable counts as not set. */
function collectValues(settings: Settings, env: NodeJS.ProcessEnv, file?: ConfigFile): Map<string, SettingValue> {
  return new Map(
    Object.entries(settings).map(([name, setting]) => {
      const variable = env[name];
      if (variable) return [name, { text: variable, source: 'environment' }];
      return [
        name,
        file?.values.get(name) ?? { text: setting.default, source: setting.default === null ? 'not set' : 'default' },
      ];
    }),
  );
}

/** A text without secrets and passwords in URLs. */
function redactText(setting: Setting<unknown>, text: string): string {
  if (setting.secret) return MASK;
  const password = URL.canParse(text) ? new URL(text).password : '';
  return password ? text.replace(`:${password}@`, `:${MASK}@`) : text;
}

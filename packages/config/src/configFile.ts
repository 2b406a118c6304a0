import { readFileSync } from 'node:fs';
import {
  type ErrorCode,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseDocument,
  type YAMLMap,
} from 'yaml';
import { ConfigError, type ConfigFile, type Given } from './config.js';
import type { Settings } from './setting.js';

/** Reads settings from a YAML file: a map from the names of environment variables to values. Does not throw for invalid content: see `problems`. */
export function readConfigFile(file: string, settings: Settings, env: NodeJS.ProcessEnv): ConfigFile {
  const lines = new LineCounter();
  const document = parseDocument(textOf(file), { lineCounter: lines, uniqueKeys: true, prettyErrors: false });
  const at = (offset: number | undefined): string => `${file}:${lines.linePos(offset ?? 0).line}`;
  const problems = document.errors.map(({ code, message, pos }) => `${at(pos[0])}: ${YAML_ERRORS[code] ?? message}`);
  const { contents } = document;
  if (problems.length > 0 || contents === null) return { given: new Map(), problems };
  if (!isMap(contents))
    return { given: new Map(), problems: [`${at(0)}: expected a map of settings, e.g. "PORT: 4000".`] };
  const given = new Map<string, Given>();
  for (const { key, value } of (contents as YAMLMap).items) {
    const name = isScalar(key) ? String(key.value) : '';
    const source = at((key as Node | null)?.range?.[0]);
    if (!isScalar(key)) {
      problems.push(`${source}: expected the name of a setting.`);
      continue;
    }
    if (isAlias(value)) {
      problems.push(`${source}: ${name}: aliases (*${value.source}) are not supported; repeat the value.`);
      continue;
    }
    if (!Object.hasOwn(settings, name)) {
      problems.push(`${source}: "${name}" is not a setting of this program; run it with --help for a list.`);
      continue;
    }
    const text = asText(value);
    if (text === undefined) problems.push(`${source}: ${name}: expected a value or a list of values.`);
    else if (text)
      given.set(name, {
        text: substitute(text, env, (variable) =>
          problems.push(`${source}: ${name}: the environment variable ${variable} is not set.`),
        ),
        source,
      });
  }
  return { given, problems };
}

/** Replaces messages of the YAML parser that are about its own functions. */
const YAML_ERRORS: Partial<Record<ErrorCode, string>> = {
  MULTIPLE_DOCS: 'a second YAML document starts here; expected one document.',
};

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    throw new ConfigError([`CONFIG_FILE="${file}": expected a readable file.`]);
  }
}

/** A value as the text of an environment variable; undefined if it has no such form. */
function asText(value: unknown): string | undefined {
  if (value === null) return '';
  if (isScalar(value)) return value.value === null ? '' : (value.source ?? String(value.value));
  if (!isSeq(value) || !value.items.every(isScalar)) return undefined;
  return value.items.map((item) => asText(item)).join(',');
}

/** Replaces `${env.NAME}` by the value of that environment variable. */
const substitute = (text: string, env: NodeJS.ProcessEnv, missing: (variable: string) => void): string =>
  text.replace(/\$\{env\.([A-Za-z_]\w*)\}/g, (_, variable: string) => {
    const value = env[variable];
    if (value === undefined) missing(variable);
    return value ?? '';
  });

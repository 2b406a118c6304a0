import { readFileSync } from 'node:fs';
import { fromWorkspace } from '@dossier/domain';
import type { Setting, Settings } from './setting.js';

/** The settings for the files of secrets, by name. */
type FileSettings<S extends Settings> = { [K in keyof S & string as `${K}_FILE`]: Setting<string | null> };

export const fileSettingOf = (name: string): string => `${name}_FILE`;

/** Adds to each secret a setting for a file that contains it, e.g. one that Docker or Kubernetes mounts. */
export function withFiles<S extends Settings>(secrets: S): S & FileSettings<S> {
  const files = Object.keys(secrets).map((name): [string, Setting<string | null>] => [
    fileSettingOf(name),
    {
      description: `File that contains ${name}, instead of the setting itself. It is read once, at startup.`,
      default: null,
      read: fromWorkspace,
    },
  ]);
  return { ...secrets, ...(Object.fromEntries(files) as FileSettings<S>) };
}

/** Reads a secret from a file, without the line break at its end. Throws an Error that says what was expected. */
export function readSecretFile(path: string): string {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw new Error(`expected a readable file (${(error as NodeJS.ErrnoException).code}).`);
  }
  const secret = text.replace(/\r?\n$/, '');
  if (secret === '') throw new Error('the file is empty; expected a secret.');
  return secret;
}

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { workspaceRoot } from '@dossier/config';

export interface Page {
  /** Path from the root of the repository. */
  file: string;
  text: string;
}

const markdownIn = (folder: string): string[] =>
  readdirSync(join(workspaceRoot(), folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md') && !name.includes('node_modules'))
    .map((name) => join(folder, name));

/** All documentation pages. */
export const pages: readonly Page[] = [
  'README.md',
  'CHANGELOG.md',
  'SECURITY.md',
  ...['docs', 'deploy', 'packages'].flatMap(markdownIn),
]
  .sort()
  .map((file) => ({ file, text: readFileSync(join(workspaceRoot(), file), 'utf8') }));

export interface Block {
  language: string;
  code: string;
}

const FENCE = /^```(\w+)\n([\s\S]*?)^```$/gm;

export const blocksOf = (text: string): Block[] =>
  [...text.matchAll(FENCE)].map(([, language = '', code = '']) => ({ language, code }));

/** The text without code blocks. */
export const proseOf = (text: string): string => text.replaceAll(FENCE, '');

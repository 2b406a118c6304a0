import { existsSync, readdirSync, readFileSync } from 'node:fs';
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

const markdownAtRoot = (): string[] => readdirSync(workspaceRoot()).filter((name) => name.endsWith('.md'));

/** All documentation: the pages at the root, the guides, and the READMEs of services and packages. */
export const pages: readonly Page[] = [
  ...markdownAtRoot(),
  ...['docs', 'deploy', 'examples', 'gateway', 'packages', 'services', 'tools'].flatMap(markdownIn),
]
  .sort()
  .map((file) => ({ file, text: readFileSync(join(workspaceRoot(), file), 'utf8') }));

export const pageText = (file: string): string => {
  const page = pages.find((candidate) => candidate.file === file);
  if (!page) throw new Error(`Page ${file} not found.`);
  return page.text;
};

export interface CodeBlock {
  language: string;
  code: string;
}

const FENCE = /^```(\w+)\n([\s\S]*?)^```$/gm;

export const blocksOf = (text: string): CodeBlock[] =>
  [...text.matchAll(FENCE)].map(([, language = '', code = '']) => ({ language, code }));

/** The text without its code blocks. */
export const proseOf = (text: string): string => text.replaceAll(FENCE, '');

/** Inline code of the prose, without the backticks. */
export const inlineCodeOf = (text: string): string[] =>
  [...proseOf(text).matchAll(/`([^`\n]+)`/g)].map(([, code = '']) => code);

const TOP_FOLDERS = '(?:deploy|docs|examples|gateway|packages|seeds|services|tests|tools)';
const PATH = new RegExp(`^${TOP_FOLDERS}/[\\w./-]*$`);

/** Paths of the repository that a text names in inline code, without patterns and placeholders. */
export const pathsOf = (text: string): string[] => inlineCodeOf(text).filter((code) => PATH.test(code));

export const isInRepository = (path: string): boolean => existsSync(join(workspaceRoot(), path));

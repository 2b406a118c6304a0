import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { workspaceRoot } from '@dossier/config';
import { describe, expect, it } from 'vitest';
import { deployFile, readDeploy } from './files.js';

interface Reference {
  kind: 'image' | 'action' | 'package' | 'download';
  name: string;
}

const unquoted = (text: string): string => text.replace(/^["']|["'],?$/g, '');

/** Everything that a file of `deploy/` downloads. Build arguments are replaced by their defaults; stages are not downloads. */
function referencesOf(text: string): Reference[] {
  const found = (kind: Reference['kind'], pattern: RegExp): Reference[] =>
    [...text.matchAll(pattern)].map(([, name = '']) => ({ kind, name: unquoted(name) }));
  const defaults = new Map([...text.matchAll(/^ARG (\w+)=(\S+)/gm)].map(([, name = '', value = '']) => [name, value]));
  const stages = new Set([...text.matchAll(/^FROM .* AS (\S+)/gim)].map(([, name]) => name));
  const images = [
    ...found('image', /^FROM (?:--\S+ )*(\S+)/gim),
    ...found('image', /^COPY (?:--\S+ )*--from=(\S+)/gim),
    ...found('image', /^# *syntax *= *(\S+)/gim),
    ...found('image', /(?:^|[\s{,-])image: *([^\s,}]+)/gm),
  ].map(({ kind, name }) => ({
    kind,
    name: name.replace(/^\$\{?(\w+)\}?$/, (whole, argument: string) => defaults.get(argument) ?? whole),
  }));
  return [
    ...images.filter(({ name }) => !stages.has(name)),
    ...found('action', /(?:^|[\s{,-])uses: *([^\s,}]+)/gm),
    ...found('package', /\bnpx (?:-\S+ )*(\S+)/g),
    ...found('download', /\b(?:curl|wget)\b.*?(https?:\S+)/g),
    ...found('download', /^ADD (?:--\S+ )*(https?:\S+|git@\S+)/gim),
  ];
}

/** A digest, or a tag that names an exact release: those of PostgreSQL have two numbers. */
const IMAGE = /(?:@sha256:[0-9a-f]{64}|:\d+\.\d+\.\d+[\w.-]*|^postgres:\d+\.\d+(?:-\w+)?)$/;
const PINNED: Record<Reference['kind'], RegExp> = {
  image: IMAGE,
  action: /@(?:[0-9a-f]{40}|v?\d+\.\d+\.\d+)$/,
  // In the Dockerfile, $TURBO is the version of package.json.
  package: /.@(?:\d+\.\d+\.\d+|\$TURBO)$/,
  download: /\d+\.\d+\.\d+/,
};

const unpinned = (text: string): string[] =>
  referencesOf(text).flatMap(({ kind, name }) => (PINNED[kind].test(name) ? [] : [`${kind} ${name}`]));

// SQL downloads nothing, and has clauses that begin with FROM.
const files = readdirSync(deployFile(''), { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && !entry.name.endsWith('.sql'))
  .map((entry) => join(entry.parentPath, entry.name).slice(deployFile('').length));
const { version, devDependencies, scripts } = JSON.parse(
  readFileSync(join(workspaceRoot(), 'package.json'), 'utf8'),
) as Record<'devDependencies' | 'scripts', Record<string, string>> & {
  version: string;
};

describe('what the files in deploy/ download', () => {
  it.each(files)('has an exact version in %s', (file) => {
    expect(unpinned(readDeploy(file))).toEqual([]);
  });

  it('has an exact version in the scripts of package.json', () => {
    const commands = Object.values(scripts).join('\n');
    expect(referencesOf(commands).map(({ name }) => name)).toEqual([
      expect.stringMatching(/^@cyclonedx\/cyclonedx-npm@/),
    ]);
    expect(unpinned(commands)).toEqual([]);
  });

  it('is detected by this test', () => {
    const all = files.flatMap((file) => referencesOf(readDeploy(file)));
    expect(all.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['node:24.22.3-bookworm-slim', 'turbo@$TURBO', `dossier-trade:${version}`]),
    );
    expect(devDependencies['turbo']).toMatch(/^\d+\.\d+\.\d+$/);
  });

  it("includes this project's own images only in the version of this project", () => {
    const own = files
      .flatMap((file) => referencesOf(readDeploy(file)))
      .filter(({ name }) => name.startsWith('dossier-'));
    expect(own.filter(({ name }) => !name.endsWith(`:${version}`))).toEqual([]);
  });

  it.each([
    'FROM node',
    'FROM node:latest',
    'FROM node:20-bookworm-slim AS run',
    'ARG BASE=node:20\nFROM $BASE',
    'FROM node:20.20.2 AS build\nCOPY --from=busybox /bin/sh /bin/sh',
    '# syntax=docker/dockerfile:1',
    '  image: prom/prometheus',
    '  image: postgres:17',
    '  image: postgres:17-bookworm',
    '  - { name: proxy, image: "nginx:latest" }',
    '      - uses: actions/checkout@v4',
    'RUN npx --yes turbo prune',
    'RUN npx --yes turbo@latest prune',
    'RUN curl -fsSL https://packages.invalid/install.sh | sh',
    'ADD https://packages.invalid/tool.tgz /opt',
  ])('is reported if it has no exact version: %s', (text) => {
    expect(unpinned(text)).toHaveLength(1);
  });
});

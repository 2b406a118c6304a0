import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { workspaceRoot } from '@dossier/config';
import { describe, expect, it } from 'vitest';
import { documents, documentsDir } from '../support/needs.js';

const IN_A_ROW = 8;

const wordsOf = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];

/** Runs of words that occur in both texts. */
function shared(words: string[], runs: Set<string>): string[] {
  return words.flatMap((_, index) => {
    const run = words.slice(index, index + IN_A_ROW).join(' ');
    return runs.has(run) ? [run] : [];
  });
}

/** Titles of works may be quoted in full. */
function titles(): Set<string> {
  const dispatch =
    /title: (.+)/.exec(readFileSync(join(workspaceRoot(), 'seeds/memri-sd-10149/document.yaml'), 'utf8'))?.[1] ?? '';
  return runsOf(dispatch);
}

const runsOf = (text: string): Set<string> => {
  const words = wordsOf(text);
  return new Set(
    words.flatMap((_, index) =>
      index + IN_A_ROW <= words.length ? [words.slice(index, index + IN_A_ROW).join(' ')] : [],
    ),
  );
};

describe('the repository', () => {
  const files = execFileSync('git', ['ls-files', '-z'], { cwd: workspaceRoot(), encoding: 'utf8' })
    .split('\0')
    .filter((file) => file !== '' && existsSync(join(workspaceRoot(), file)));

  it.skipIf(documents.isMissing)(
    'shares no eight consecutive words with the document, except for titles',
    documents.options,
    () => {
      const document = readdirSync(documentsDir as string)
        .map((file) => readFileSync(join(documentsDir as string, file), 'utf8'))
        .join('\n\n');
      const runs = runsOf(document);
      for (const title of titles()) runs.delete(title);
      expect(shared(wordsOf(document), runs).length).toBeGreaterThan(1000);
      expect(
        files.flatMap((file) =>
          shared(wordsOf(readFileSync(join(workspaceRoot(), file), 'utf8')), runs).map((run) => `${file}: ${run}`),
        ),
      ).toEqual([]);
    },
  );

  it('has helpers of tests only in folders that no build includes', () => {
    const isTest = (file: string): boolean => /\.test\.ts$|\/src\/testing\//.test(file);
    const sources = files.filter((file) => /^(?:packages|services|gateway|tools)\/.*\.tsx?$/.test(file));
    expect(sources.filter(isTest).length).toBeGreaterThan(100);

    // The compiler also builds an excluded file that another one imports.
    expect(
      sources.filter(
        (file) =>
          !isTest(file) && /from '(?:[^']*\/testing\/|vitest)/.test(readFileSync(join(workspaceRoot(), file), 'utf8')),
      ),
    ).toEqual([]);
    const configs = files.filter((file) =>
      /^(?:packages|services)\/[\w-]+\/tsconfig\.json$|^(?:gateway|tools)\/tsconfig\.json$/.test(file),
    );
    expect(configs.length).toBeGreaterThan(15);
    for (const config of configs)
      expect(readFileSync(join(workspaceRoot(), config), 'utf8'), config).toMatch(
        /"exclude": \["src\/\*\*\/\*\.test\.ts", "src\/testing"\]/,
      );
  });

  it('contains no absolute path of a machine', () => {
    const paths = /(?:^|[\s"'`(=])\/(?:home|Users|root|work)\/[\w.-]+/;
    expect(
      files.filter(
        (file) =>
          file !== 'tests/guards/repository.test.ts' && paths.test(readFileSync(join(workspaceRoot(), file), 'utf8')),
      ),
    ).toEqual([]);
  });
});

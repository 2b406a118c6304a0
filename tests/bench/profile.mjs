import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { startContender, stop } from './contenders/index.mjs';
import { load } from './load.mjs';
import { bodiesOf, operations } from './operations.mjs';

const SHOWN = 25;

/** Writes a CPU profile of the embedded graph under load, and returns the functions with the most CPU time, without start-up. */
export async function profile(stores, size, operation, seconds) {
  const folder = mkdtempSync(join(tmpdir(), 'dossier-profile-'));
  const { url, children } = await startContender('embedded', stores, ['--cpu-prof', `--cpu-prof-dir=${folder}`]);
  const bodies = bodiesOf(operations(size)[operation], 0, 400);
  await load(url, bodies, 2);
  await load(url, bodies, seconds);
  await stop(children);
  const file = join(folder, readdirSync(folder)[0]);
  return [`Profile: ${file}`, ...topOf(JSON.parse(readFileSync(file, 'utf8')))].join('\n');
}

function topOf({ nodes, samples, timeDeltas }) {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const whole = timeDeltas.reduce((sum, delta) => sum + delta, 0);
  const self = new Map();
  let [passed, counted] = [0, 0];
  samples.forEach((id, index) => {
    passed += timeDeltas[index];
    if (passed < whole / 2) return;
    const { functionName, url, lineNumber } = byId.get(id).callFrame;
    const name = `${functionName || '(anonymous)'} ${basename(url)}:${lineNumber + 1}`;
    self.set(name, (self.get(name) ?? 0) + timeDeltas[index]);
    counted += timeDeltas[index];
  });
  return [...self]
    .sort((a, b) => b[1] - a[1])
    .slice(0, SHOWN)
    .map(([name, time]) => `${((time / counted) * 100).toFixed(1).padStart(5)} %  ${name}`);
}

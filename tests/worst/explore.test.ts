import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { it } from 'vitest';
import { measuredGraph } from './measures.js';
import { OBJECTIVES, type Objective } from './objectives.js';
import { search } from './search.js';

const TIMED: Record<string, Objective> = {
  sqlMs: { counted: '', measure: async (g, o) => (await g.execute(o)).sqlMs },
  slowestMs: { counted: '', measure: async (g, o) => (await g.execute(o)).slowestMs },
};
it('explores', { timeout: 6e6 }, async () => {
  const graph = await measuredGraph(process.env['WORST_DATA'] as string, JSON.parse(process.env['WORST_LIMITS'] ?? '{}'));
  const file = process.env['WORST_OUT'] as string;
  const out: Record<string, unknown> = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
  for (const name of (process.env['WORST_OBJ'] ?? '').split(',')) {
    const begun = performance.now(); const cpu = process.cpuUsage();
    const options = { seed: Number(process.env['WORST_SEED'] ?? 1), steps: Number(process.env['WORST_STEPS'] ?? 100) };
    const found = await search(graph, (TIMED[name] ?? OBJECTIVES[name as 'rows']) as Objective, options);
    const { user } = process.cpuUsage(cpu);
    console.log(name, Math.round(performance.now() - begun), 'ms', Math.round(user / 1000), 'cpu', found.score, 'cost', found.cost, 'chars', found.operation.query.length, '\n', found.operation.query.slice(0, 700), '\n', JSON.stringify(found.operation.variables).slice(0, 400));
    const before = out[name] as { score: number } | undefined;
    if (!before || before.score < found.score) out[name] = found;
    writeFileSync(file, JSON.stringify(out, null, 1));
  }
  await graph.close();
});

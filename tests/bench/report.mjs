import { readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { fromWorkspace } from '@dossier/subgraph';

const middle = (numbers) => {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? Number.NaN;
};
const spread = (numbers, digits = 1) => `${Math.min(...numbers).toFixed(digits)}–${Math.max(...numbers).toFixed(digits)}`;

/** The results as a table, each as a ratio to the stock stack of the same round; put into docs/performance.md where that is asked for. */
export function writeResults({ size, seconds, rounds, results, starts }, write) {
  const rows = results.map(({ operation, name, samples }) => {
    const stock = results.find((other) => other.operation === operation && other.name === 'stock')?.samples;
    const faster = stock ? samples.map(({ perSecond }, round) => perSecond / stock[round].perSecond) : [];
    const leaner = stock ? samples.map(({ cpu }, round) => stock[round].cpu / cpu) : [];
    const of = (key, digits) => middle(samples.map((sample) => sample[key])).toFixed(digits);
    const ratio = (ratios) => (ratios.length > 0 ? `${middle(ratios).toFixed(1)} (${spread(ratios)})` : '');
    return `| ${operation} | ${name} | ${of('perSecond', 0)} | ${ratio(faster)} | ${of('cpu', 2)} | ${ratio(leaner)} | ${of('median', 1)} | ${of('memory', 0)} |`;
  });
  const text = [
    `${size} statements, ${rounds} rounds of ${seconds} s in turns, 32 connections, Node ${process.versions.node}, ${cpus().length} cores. Medians, and the least and most of the rounds.`,
    '',
    '| operation | contender | requests/s | × stock | CPU ms | × less than stock | median ms | MB |',
    '| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: |',
    ...rows,
    '',
    `From the start of the gateway to its first answer: ${Object.entries(starts)
      .map(([name, took]) => `${name} ${took.toFixed(0)} ms`)
      .join(', ')}.`,
  ].join('\n');
  if (write) {
    const file = fromWorkspace('docs/performance.md');
    writeFileSync(file, readFileSync(file, 'utf8').replace(/(<!-- results -->)[\s\S]*?(<!-- end -->)/, `$1\n\n${text}\n\n$2`));
  }
  return text;
}

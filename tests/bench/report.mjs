import { readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { fromWorkspace } from '@dossier/config';

/** The median. */
export const middle = (numbers) => {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? Number.NaN;
};
const spread = (numbers, digits) => `${Math.min(...numbers).toFixed(digits)}–${Math.max(...numbers).toFixed(digits)}`;
/** A median with the minimum and the maximum; empty if nothing was measured. */
export const formatMedian = (numbers, digits = 1) =>
  numbers.length > 0 ? `${middle(numbers).toFixed(digits)} (${spread(numbers, digits)})` : '';

const perSecond = (mine, other) => mine.perSecond / other.perSecond;
const cpuSaving = (mine, other) => other.cpu / mine.cpu;
const memory = (mine, other) => mine.memory / other.memory;

/** Targets: two contenders on the page across three services, and what is compared. */
const TARGETS = [
  ['embedded, requests per second against stock', 'embedded', 'stock', perSecond, 'at least 6, better 10'],
  ['embedded, CPU per request, times less than stock', 'embedded', 'stock', cpuSaving, 'at least 10, better 16'],
  ['embedded, memory against stock', 'embedded', 'stock', memory, 'at most 0.45, better 0.3'],
  ['services, requests per second against stock', 'services', 'stock', perSecond, 'at least 3.5, better 6'],
  ['services, requests per second against hive', 'services', 'hive', perSecond, 'at least 2, better 4'],
  ['cached response, requests per second against stock', 'cached', 'stock', perSecond, 'at least 25, better 40'],
  ['embedded, requests per second against the limit', 'embedded', 'limit', perSecond, 'at least 0.4, better 0.6'],
];
const START = ['embedded, time from start to first response against stock', 'at most 1.5, better 1'];

/** The targets, and what was measured for each. */
function targetTable(results, starts) {
  const samplesOf = (name) => results.find((result) => result.operation === 'page' && result.name === name)?.samples;
  const rows = TARGETS.map(([what, name, other, compare, aim]) => {
    const [mine, theirs] = [samplesOf(name), samplesOf(other)];
    return [what, mine && theirs ? mine.map((sample, round) => compare(sample, theirs[round])) : [], aim];
  });
  const { embedded, stock } = starts;
  rows.push([START[0], embedded && stock ? embedded.map((took, turn) => took / stock[turn]) : [], START[1]]);
  return [
    '| page, as ratios | measured | target |',
    '| --- | ---: | --- |',
    ...rows.map(([what, ratios, aim]) => `| ${what} | ${formatMedian(ratios, 2) || 'not in this run'} | ${aim} |`),
  ];
}

/** The results, each as a ratio to the stock stack of the same round; written to docs/performance.md if `write` is set. */
export function writeResults({ size, seconds, rounds, results, starts }, write) {
  const rows = results.map(({ operation, name, samples }) => {
    const stock = results.find((other) => other.operation === operation && other.name === 'stock')?.samples;
    const against = (compare) =>
      stock ? formatMedian(samples.map((sample, round) => compare(sample, stock[round]))) : '';
    const of = (key, digits) => middle(samples.map((sample) => sample[key])).toFixed(digits);
    return `| ${operation} | ${name} | ${of('perSecond', 0)} | ${against(perSecond)} | ${of('cpu', 2)} | ${against(cpuSaving)} | ${of('median', 1)} | ${of('memory', 0)} |`;
  });
  const text = [
    `${size} statements, ${rounds} alternating rounds of ${seconds} s, 32 connections, Node ${process.versions.node}, ${cpus().length} cores. Medians, with the minimum and maximum of the rounds.`,
    '',
    ...targetTable(results, starts),
    '',
    '| operation | contender | requests/s | × stock | CPU ms | × less than stock | median ms | MB |',
    '| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: |',
    ...rows,
    '',
    `Milliseconds from the start of the gateway process to its first response: ${Object.entries(starts)
      .map(([name, took]) => `${name} ${formatMedian(took, 0)}`)
      .join(', ')}.`,
  ].join('\n');
  if (write) replaceSection('results', text);
  return text;
}

/** Replaces the text between two markers in docs/performance.md. */
export function replaceSection(mark, text) {
  const file = fromWorkspace('docs/performance.md');
  writeFileSync(
    file,
    readFileSync(file, 'utf8').replace(
      new RegExp(`(<!-- ${mark} -->)[\\s\\S]*?(<!-- end -->)`),
      (_, begin, end) => `${begin}\n\n${text}\n\n${end}`,
    ),
  );
}

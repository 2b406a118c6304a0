import { median, medianInterval } from './statistics.mjs';
import { verdictOf } from './verdict.mjs';

/**
 * The result of the pairs of a page, by start of the processes. `ratio` is the median of this build's CPU per request divided by the other's, with its interval;
 * `total` the same of all requests together, in which what happens in few of the pairs, such as a large garbage collection, counts too.
 */
export function summarize({ mode, page, answers, starts }, { max, maxFirst }) {
  const pairs = starts.flat();
  const named = { mode, page: page.name, answers, pairs: pairs.length };
  if (pairs.length === 0) return { ...named, verdict: 'failed' };
  const ratioOf = (pair) => pair.this.cpu / pair.other.cpu;
  const ratios = pairs.map(ratioOf);
  const interval = medianInterval(starts.map((group) => group.map(ratioOf)));
  const limit = page.isFirstSeen ? maxFirst : max;
  const [cpu, perSecond] = ['cpu', 'perSecond'].map((key) => ({
    this: median(pairs.map((pair) => pair.this[key])),
    other: median(pairs.map((pair) => pair.other[key])),
  }));
  const sum = (build) => pairs.reduce((total, pair) => total + pair[build].cpu, 0);
  const spread = [Math.min(...ratios), Math.max(...ratios)];
  return {
    ...named,
    ratio: median(ratios),
    interval,
    spread,
    total: sum('this') / sum('other'),
    cpu,
    perSecond,
    limit,
    verdict: verdictOf(interval, limit),
  };
}

/** A table of all measured pages, notes on responses that differ, and a summary line. */
export function formatReport(summaries) {
  const measured = summaries.filter(({ verdict }) => verdict !== 'failed');
  return [
    '| mode | page | this / other (95 % interval) | all pairs | total | this, CPU ms | other | this, requests/s | other | pairs | answers |',
    '| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | --- |',
    ...measured.map(row),
    '',
    ...summaries.flatMap(note),
    summaryLine(summaries),
  ].join('\n');
}

const fixed = (number, digits = 3) => number.toFixed(digits);
const range = ([low, high]) => `${fixed(low)}–${fixed(high)}`;

const row = ({ mode, page, ratio, interval, spread, total, cpu, perSecond, pairs, answers }) =>
  `| ${[
    mode,
    page,
    `${fixed(ratio)} (${range(interval)})`,
    range(spread),
    fixed(total),
    fixed(cpu.this),
    fixed(cpu.other),
    fixed(perSecond.this, 0),
    fixed(perSecond.other, 0),
    pairs,
    answers.is === 'different' ? 'DIFFERENT' : answers.is,
  ].join(' | ')} |`;

function note({ mode, page, answers }) {
  if (answers.is === 'different')
    return [`${mode} ${page}: the builds give different answers, first at ${answers.at}.`];
  if (answers.is === 'failed')
    return [
      `${mode} ${page}: not compared, ${answers.build === 'this' ? 'this build' : 'the other build'} answers ${answers.text.slice(0, 300)}`,
    ];
  return [];
}

function summaryLine(summaries) {
  const of = (wanted) => summaries.filter(({ verdict }) => verdict === wanted);
  const list = (some) =>
    some.map(({ mode, page, interval, limit }) => `${mode} ${page} ${range(interval)}, limit ${limit}`).join('; ');
  const parts = [
    of('slower').length > 0 && `Slower: ${list(of('slower'))}.`,
    of('unclear').length > 0 && `Unclear, repeat with more pairs: ${list(of('unclear'))}.`,
    of('failed').length > 0 &&
      `Not compared: ${of('failed')
        .map(({ mode, page }) => `${mode} ${page}`)
        .join('; ')}.`,
    `${of('ok').length} of ${summaries.length} comparisons within their limits.`,
  ];
  return parts.filter(Boolean).join(' ');
}

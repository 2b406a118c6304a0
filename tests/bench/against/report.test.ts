import { expect, it } from 'vitest';
import { formatReport, summarize } from './report.mjs';

const LIMITS = { max: 1.05, maxFirst: 1.2 };

/** A page whose pairs have the given ratios, the other build at a millisecond. */
function aPage(
  name: string,
  ratios: number[],
  { answers = { is: 'same bytes' }, isFirstSeen = false }: { answers?: object; isFirstSeen?: boolean } = {},
) {
  const pairs = ratios.map((ratio) => ({ this: { cpu: ratio, perSecond: 900 }, other: { cpu: 1, perSecond: 1000 } }));
  return { mode: 'embedded', page: { name, isFirstSeen }, answers, starts: pairs.length > 0 ? [pairs] : [] };
}

const report = (...pages: ReturnType<typeof aPage>[]) => formatReport(pages.map((page) => summarize(page, LIMITS)));

it('contains the median of the ratios, the interval, the range, and the medians of both builds', () => {
  expect(report(aPage('page', [1.01, 1.02, 1.02, 1.02, 1.03]))).toContain(
    '| embedded | page | 1.020 (1.010–1.030) | 1.010–1.030 | 1.020 | 1.020 | 1.000 | 900 | 1000 | 5 | same bytes |',
  );
});

it('includes outliers in the range and the total, without changing the median', () => {
  const summary = summarize(aPage('page', [1, 1, 1, 1, 1, 1, 1, 1, 1, 3]), LIMITS);

  expect(summary).toMatchObject({ ratio: 1, spread: [1, 3], total: 1.2, verdict: 'ok' });
});

it('has a separate limit for first-seen pages', () => {
  const ratios = [1.1, 1.1, 1.1];

  expect(summarize(aPage('page', ratios), LIMITS)).toMatchObject({ limit: 1.05, verdict: 'slower' });
  expect(summarize(aPage('first-seen', ratios, { isFirstSeen: true }), LIMITS)).toMatchObject({
    limit: 1.2,
    verdict: 'ok',
  });
});

it('summarizes in the last line which pages are slower or unclear, and how many are within their limits', () => {
  const text = report(aPage('page', [1.1, 1.1]), aPage('deep', [0.9, 1.1]), aPage('search', [1, 1]));

  expect(text.split('\n').at(-1)).toBe(
    'Slower: embedded page 1.100–1.100, limit 1.05. Unclear, repeat with more pairs: embedded deep 0.900–1.100, limit 1.05. 1 of 3 comparisons within their limits.',
  );
});

it('marks a page whose responses differ, with the path', () => {
  const text = report(aPage('page', [1, 1], { answers: { is: 'different', at: 'data.actor.name' } }));

  expect(text).toContain('| DIFFERENT |');
  expect(text).toContain('embedded page: the builds give different answers, first at data.actor.name.');
});

it('names the build that failed on a page, and counts the page as not compared', () => {
  const text = report(
    aPage('page', [], { answers: { is: 'failed', build: 'other', text: '{"errors":[{"message":"no such field"}]}' } }),
  );

  expect(text).toContain(
    'embedded page: not compared, the other build answers {"errors":[{"message":"no such field"}]}',
  );
  expect(text).toContain('Not compared: embedded page. 0 of 1 comparisons within their limits.');
});

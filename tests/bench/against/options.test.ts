import { expect, it } from 'vitest';
import { readOptions } from './options.mjs';

it('compares both modes on pages of every kind, in at least 30 pairs, by default', () => {
  const options = readOptions(['--against', 'main']);

  expect(options).toMatchObject({
    against: 'main',
    pages: ['page', 'deep', 'search', 'cached', 'first-seen'],
    modes: ['embedded', 'services'],
    max: 1.05,
    maxFirst: 1.2,
    write: null,
  });
  expect(options.pairs).toBeGreaterThanOrEqual(30);
});

it('reads every option', () => {
  const args =
    '--against v1 --pairs 50 --starts 10 --pages lookup,cached --modes services --max 1.1 --max-first 2 --size 1000 --write raw.json'.split(
      ' ',
    );

  expect(readOptions(args)).toEqual({
    against: 'v1',
    pairs: 50,
    starts: 10,
    pages: ['lookup', 'cached'],
    modes: ['services'],
    max: 1.1,
    maxFirst: 2,
    size: 1000,
    effort: 1,
    write: 'raw.json',
  });
});

it.each([
  ['--pages', 'page,ruritania', '"ruritania" is not known; expected one or several of lookup'],
  ['--modes', 'one', '"one" is not known; expected one or several of embedded, services'],
  ['--pairs', '1', '"1" is not valid; expected a whole number, at least 2'],
  ['--max', '5 %', '"5 %" is not valid; expected a ratio'],
  ['--against', '', '--against is empty; expected a commit'],
])('rejects %s %j and names what was expected', (option, value, message) => {
  const args = option === '--against' ? [option, value] : ['--against', 'main', option, value];

  expect(() => readOptions(args)).toThrow(message);
});

it('rejects an unknown option', () => {
  expect(() => readOptions(['--against', 'main', '--rounds', '3'])).toThrow('--rounds');
});

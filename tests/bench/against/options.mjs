import { parseArgs } from 'node:util';
import { DEFAULT_PAGES, pagesOf } from './pages.mjs';

const MODES = ['embedded', 'services'];
/** To try the command: too short to say anything about the builds. */
const QUICK = { size: 1000, pairs: 2, starts: 2, effort: 0.1 };

/**
 * The options of `npm run bench -- --against <commit>`. Throws an error with a message if an option is unknown or invalid.
 *
 * @param {string[]} args
 */
export function readOptions(args) {
  const { values } = parseArgs({
    args,
    options: {
      against: { type: 'string' },
      pairs: { type: 'string', default: '30' },
      starts: { type: 'string', default: '5' },
      pages: { type: 'string', default: DEFAULT_PAGES.join(',') },
      modes: { type: 'string', default: MODES.join(',') },
      max: { type: 'string', default: '1.05' },
      'max-first': { type: 'string', default: '1.2' },
      size: { type: 'string', default: '10000' },
      quick: { type: 'boolean', default: false },
      write: { type: 'string' },
    },
  });
  const size = wholeNumber('size', values.size, 100);
  return {
    against: required('against', values.against),
    pairs: wholeNumber('pairs', values.pairs, 2),
    starts: wholeNumber('starts', values.starts, 1),
    pages: namesOf('pages', values.pages, Object.keys(pagesOf(size))),
    modes: namesOf('modes', values.modes, MODES),
    max: ratio('max', values.max),
    maxFirst: ratio('max-first', values['max-first']),
    size,
    effort: 1,
    write: values.write === undefined ? null : required('write', values.write),
    ...(values.quick && QUICK),
  };
}

function required(name, text) {
  if (!text)
    throw new Error(`--${name} is empty; expected ${name === 'write' ? 'a file' : 'a commit, tag or branch'}.`);
  return text;
}

function wholeNumber(name, text, min) {
  if (!/^\d{1,7}$/.test(text) || Number(text) < min)
    throw new Error(`--${name}: "${text}" is not valid; expected a whole number, at least ${min}.`);
  return Number(text);
}

function ratio(name, text) {
  if (!/^\d+(\.\d+)?$/.test(text)) throw new Error(`--${name}: "${text}" is not valid; expected a ratio such as 1.05.`);
  return Number(text);
}

function namesOf(name, text, known) {
  const names = [...new Set(text.split(','))];
  const unknown = names.find((candidate) => !known.includes(candidate));
  if (unknown !== undefined)
    throw new Error(
      `--${name}: "${unknown}" is not known; expected one or several of ${known.join(', ')}, separated by commas.`,
    );
  return names;
}

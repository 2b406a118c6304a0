import { storeFile } from '@dossier/cli';
import Database from 'better-sqlite3';
import { COMMON_WORD } from './data.mjs';

/** Shares of all statements and other properties of realistic data, each with its minimum and maximum. */
const MEASURES = {
  'statements, of the number requested': ['statements', 'select count(*) * 1.0 / :size from statement', 1, 1],
  'statements with the common word': [
    'statements',
    `select (select count(*) from statement_search('${COMMON_WORD}')) * 1.0 / :size`,
    0.4,
    0.6,
  ],
  'statements that came through somebody': [
    'statements',
    "select count(distinct text_key) * 1.0 / :size from statement_party_text where role = 'CARRIER'",
    0.5,
    0.9,
  ],
  'statements of the most frequent speaker': [
    'statements',
    "select count(*) * 1.0 / :size from statement_party_text where role = 'SPEAKER' group by actor_id order by count(*) desc limit 1",
    0.04,
    0.4,
  ],
  speakers: [
    'statements',
    "select min(count(distinct actor_id) / 10.0, 1) from statement_party_text where role = 'SPEAKER'",
    1,
    1,
  ],
  'days on which something was said, of all statements': [
    'statements',
    'select count(distinct earliest) * 1.0 / :size from statement',
    0.001,
    0.99,
  ],
  'statements with a link': [
    'sanctions',
    'select count(distinct statement_id) * 1.0 / :size from provision_link',
    0.6,
    0.95,
  ],
  'statements with a figure': [
    'trade',
    'select count(distinct statement_id) * 1.0 / :size from trade_figure',
    0.5,
    0.9,
  ],
  'summaries that are like no other': [
    'statements',
    'select count(distinct summary) * 1.0 / :size from statement',
    0.95,
    1,
  ],
};

/** Rejects stores whose measurements would be meaningless: an operation without results is fast at any size. */
export function assertRealisticData(dataDir, size) {
  for (const [what, [service, query, least, most]] of Object.entries(MEASURES)) {
    const store = new Database(storeFile(dataDir, service), { readonly: true });
    const found = store.prepare(query).pluck().get({ size }) ?? 0;
    store.close();
    if (found < least || found > most)
      throw new Error(`The stores are degenerate: ${what}: ${found.toFixed(3)}; expected ${least} to ${most}.`);
  }
}

/** Rejects an operation whose responses are all equal, or with a field that is empty in all of them. */
export function assertVaryingResponses(operation, answers) {
  if (new Set(answers).size < 2)
    throw new Error(`${operation}: all answers are the same; expected them to vary as the variables do.`);
  const filled = new Map();
  for (const answer of answers) note(JSON.parse(answer).data, 'data', filled);
  const empty = [...filled].filter(([, isFilled]) => !isFilled).map(([path]) => path);
  if (empty.length > 0)
    throw new Error(`${operation}: no values at ${empty.join(', ')} in any of ${answers.length} responses.`);
}

function note(value, path, filled) {
  const isEmpty = value === null || (Array.isArray(value) && value.length === 0);
  filled.set(path, (filled.get(path) ?? false) || !isEmpty);
  if (Array.isArray(value)) for (const item of value) note(item, `${path}[]`, filled);
  else if (typeof value === 'object' && value !== null)
    for (const [key, item] of Object.entries(value)) note(item, `${path}.${key}`, filled);
}

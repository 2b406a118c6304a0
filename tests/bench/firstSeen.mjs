import { Random } from './random.mjs';

/** What can be selected on a statement of the page: a field, or an object with its fields. */
const FIELDS = [
  'summary',
  'kind',
  'modality',
  ['saidOn', ['edtf', 'earliest', 'latest']],
  ['citations', ['start', 'end', 'paragraph']],
  [
    'attribution',
    [
      'status',
      ['speakers', ['name', ['aliases', ['text']]]],
      ['relayChain', ['position', 'medium', ['carrier', ['id', 'name']]]],
    ],
  ],
  [
    'provisionLinks',
    [
      'confidence',
      'rationale',
      ['provision', ['paragraph', 'summary', ['instrument', ['symbol', 'title', ['regime', ['name']]]]]],
    ],
  ],
  [
    'tradeFigures',
    [
      'value',
      'unit',
      'statedAs',
      'qualifier',
      'lowerBound',
      'upperBound',
      ['reporter', ['name']],
      ['partner', ['name']],
      ['period', ['edtf']],
    ],
  ],
];

/**
 * The query of a nested page, different for every number: in its name and in its selection, of about thirty fields
 * that are omitted at random. All of the queries need the same four subgraphs.
 */
export function firstSeenQuery(number) {
  const random = new Random(number);
  return `query FirstSeen${number}($document: ID!, $first: Int!) { document(id: $document) { id title statements(first: $first) { nodes ${selection(random, FIELDS)} } } }`;
}

const selection = (random, fields) =>
  `{ ${['__typename', ...fields.filter((field) => Array.isArray(field) || random.chance(0.5)).map((field) => (Array.isArray(field) ? `${field[0]} ${selection(random, field[1])}` : field))].join(' ')} }`;

import { expect, it } from 'vitest';
import { serverProblem } from './publish.js';

it.each([
  [15, 'UTF8', null],
  [18, 'UTF8', null],
  [14, 'UTF8', 'the server is PostgreSQL 14; expected 15 or later'],
  [15, 'LATIN1', 'the encoding of the database is LATIN1; expected UTF8'],
  [15, 'SQL_ASCII', 'the encoding of the database is SQL_ASCII; expected UTF8'],
])('PostgreSQL %i with the encoding %s: %s', (version, encoding, problem) => {
  expect(serverProblem({ version, encoding })).toBe(problem);
});

import { expect, it } from 'vitest';
import { formatErrors } from './formatErrors.js';

const errors = (code: string, count: number) =>
  Array.from({ length: count }, (_, index) => ({ message: 'No.', path: [index], extensions: { code } }));

it('returns the first twenty client errors, and all others', () => {
  const formatted = formatErrors(
    [...errors('BAD_USER_INPUT', 30), ...errors('SUBGRAPH_TIMEOUT', 30), ...errors('TOO_MANY_ENTITIES', 30)],
    true,
  );

  expect(formatted).toEqual([...errors('BAD_USER_INPUT', 20), ...errors('SUBGRAPH_TIMEOUT', 30)]);
});

import { expect, it } from 'vitest';
import { capErrors } from './truncateMessage.js';

const errors = (code: string, count: number) =>
  Array.from({ length: count }, (_, at) => ({ message: 'No.', path: [at], extensions: { code } }));

it('keeps the first twenty errors about what the client sent, and all others', () => {
  const capped = capErrors([
    ...errors('BAD_USER_INPUT', 30),
    ...errors('SUBGRAPH_TIMEOUT', 30),
    ...errors('TOO_MANY_ENTITIES', 30),
  ]);

  expect(capped).toEqual([...errors('BAD_USER_INPUT', 20), ...errors('SUBGRAPH_TIMEOUT', 30)]);
});

import { expect, it } from 'vitest';
import { tellFirst } from './brevity.js';

const errors = (code: string, count: number) => Array.from({ length: count }, (_, at) => ({ message: 'No.', path: [at], extensions: { code } }));

it('tells the first twenty of what is wrong with a request, and all else', () => {
  const told = tellFirst([...errors('BAD_USER_INPUT', 30), ...errors('SUBGRAPH_TIMEOUT', 30), ...errors('TOO_MANY_ENTITIES', 30)]);

  expect(told).toEqual([...errors('BAD_USER_INPUT', 20), ...errors('SUBGRAPH_TIMEOUT', 30)]);
});

import { parse } from 'graphql';
import { expect, it } from 'vitest';
import { keptDocuments } from './documents.js';

it('a long document does not crowd out the short ones', async () => {
  const documents = keptDocuments();
  const long = parse(`{ castle } #${'x'.repeat(200_000)}`);
  const short = Array.from({ length: 100 }, (_, at) => parse(`{ castle${at} }`));
  for (const [at, document] of short.entries()) await documents.set(`short${at}`, document);
  await documents.set('long', long);

  expect(await Promise.all(short.map((_, at) => documents.get(`short${at}`)))).toEqual(short);
  expect(await documents.get('long')).toBeUndefined();
});

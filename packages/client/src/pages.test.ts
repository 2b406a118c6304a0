import { describe, expect, it } from 'vitest';
import { ask } from './ask.js';
import { SearchStatementsDocument } from './generated/graphql.js';
import { PageError, pages } from './pages.js';

/** A fetch that returns the given responses in order, and the requests it received. */
function respondingWith(...responses: unknown[]) {
  const requests: { query: string; variables: Record<string, unknown> }[] = [];
  const fetch: typeof globalThis.fetch = async (_, init) => {
    requests.push(JSON.parse(String(init?.body)));
    return new Response(JSON.stringify(responses.shift()), { status: 200 });
  };
  return { requests, options: { fetch } };
}
const aPage = (endCursor: string | null, hasNextPage: boolean) => ({
  data: { statements: { totalCount: 3, edges: [], pageInfo: { hasNextPage, endCursor } } },
});
const url = 'http://graph.invalid/graphql';
const readPages = (options: { fetch: typeof globalThis.fetch }) =>
  pages(url, SearchStatementsDocument, { words: 'coal' }, (data) => data.statements, options);

async function collect<T>(list: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const each of list) all.push(each);
  return all;
}

describe('pages', () => {
  it('requests each page after the end cursor of the previous one, with the same variables', async () => {
    const { requests, options } = respondingWith(aPage('a', true), aPage('b', true), aPage('c', false));

    const all = await collect(readPages(options));

    expect(all).toHaveLength(3);
    expect(requests.map(({ variables }) => variables)).toEqual([
      { words: 'coal', after: null },
      { words: 'coal', after: 'a' },
      { words: 'coal', after: 'b' },
    ]);
  });

  it('requests no page before it is read', async () => {
    const { requests, options } = respondingWith(aPage('a', true));

    await readPages(options).next();

    expect(requests).toHaveLength(1);
  });

  it('throws an error with the cursor to resume from if a page fails, instead of ending early', async () => {
    const { options } = respondingWith(aPage('a', true), {
      data: { statements: null },
      errors: [{ message: 'The statements are unavailable.', extensions: { code: 'SUBGRAPH_UNAVAILABLE' } }],
    });

    const failure = await collect(readPages(options)).catch((error: unknown) => error);

    expect(failure).toBeInstanceOf(PageError);
    expect(failure).toMatchObject({
      after: 'a',
      message: 'The statements are unavailable.',
      errors: [{ extensions: { code: 'SUBGRAPH_UNAVAILABLE' } }],
    });
  });

  it('throws if the cursor does not advance, instead of looping forever', async () => {
    const { options } = respondingWith(aPage('a', true), aPage('a', true));

    await expect(collect(readPages(options))).rejects.toBeInstanceOf(PageError);
  });
});

describe('ask', () => {
  it('returns the data that arrived together with the errors', async () => {
    const { options } = respondingWith({
      data: { statements: null },
      errors: [{ message: 'Gone.', path: ['statements'] }],
    });

    const { data, errors } = await ask(url, SearchStatementsDocument, {}, options);

    expect(data).toEqual({ statements: null });
    expect(errors).toEqual([{ message: 'Gone.', path: ['statements'] }]);
  });

  it('throws if the response is not a GraphQL response', async () => {
    const fetch = async () => new Response('<html>', { status: 502 });

    await expect(ask(url, SearchStatementsDocument, {}, { fetch })).rejects.toThrow('HTTP 502');
  });
});

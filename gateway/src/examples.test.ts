import { describe, expect, it } from 'vitest';
import { examplesFor } from './examples.js';

describe('the example operations', () => {
  it.each([
    ['nothing, as after an error', undefined],
    ['null', { provision: null }],
    ['an empty list', { documents: { nodes: [] } }],
  ])('are left out if they find %s', async (_, data) => {
    expect(await examplesFor(() => Promise.resolve(data))).toEqual([]);
  });

  it('are offered if they find something', async () => {
    const offered = await examplesFor(async (query) =>
      query.includes('documents') ? { documents: { nodes: [{ id: 'document:castle-news' }] } } : { provision: null },
    );

    expect(offered.map(({ question }) => question)).toEqual([
      'Which documents are there, and how many statements do they have?',
    ]);
  });
});

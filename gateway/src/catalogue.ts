import type { Catalogue } from '@dossier/server';

/** The codes that only a gateway answers with. */
export const catalogue = {
  SUBGRAPH_UNAVAILABLE: {
    status: null,
    sentence: 'The subgraph that "service" names gave no answer; each field that it would have answered is null. The rest of the answer is whole.',
    remedy: 'Ask again later; what is there may be shown.',
  },
} as const satisfies Catalogue;

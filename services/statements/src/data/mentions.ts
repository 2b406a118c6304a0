import { eqParent, equals, type KeysetList, oneOf, rowColumn } from '@dossier/pagination';
import { type ReadDb, rowsOfParents } from '@dossier/store';
import { type ListRequest, type Loaders, loadConnection } from '@dossier/subgraph-server';
import type { ActorMentionsArgs } from '../generated/schema.js';
import { mention } from '../tables.js';

type MentionFilter = Pick<ActorMentionsArgs, 'document' | 'form'>;

/** Passages that name or refer to an actor or a place: in pages, and of a paragraph. */
export function mentionsSource(db: ReadDb) {
  const readOfParagraph = rowsOfParents(db, mention, mention.paragraphId, mention.key);
  return (loaders: Loaders) => ({
    pageOf: (filter: MentionFilter, request: ListRequest) => loadConnection(db, loaders, mentionList(filter), request),
    ofParagraph: (paragraph: string) => loaders('mentionsOfParagraph', readOfParagraph).load(paragraph),
  });
}

const mentionList = (filter: MentionFilter): KeysetList<typeof mention> => ({
  table: mention,
  id: mention.key,
  key: mention.key,
  by: [eqParent(mention.partyId)],
  where: [equals(rowColumn(mention.documentId), filter.document), oneOf('form', rowColumn(mention.form), filter.form)],
});

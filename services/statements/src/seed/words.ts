import { indexedText } from '@dossier/pagination';
import type { SeedPart } from '@dossier/seed-format';
import { run, type StoreDb, sql } from '@dossier/store';
import { PASSAGES_PER_STATEMENT } from '../tables.js';
import { paragraphFinder, paragraphId } from './documents.js';

/** The words of the mounted texts, from `SeedPart`. */
export type TextOf = SeedPart['textOf'];

interface Passages {
  passages: { at: [number, number] }[];
}

/** Indexes a statement by its summary and, if the text is mounted, by the words of its passages; several also one by one. */
export function indexStatement(
  db: StoreDb,
  row: number | bigint,
  { summary, passages }: Passages & { summary: string },
  text: ReturnType<TextOf>,
): void {
  const words = text ? passages.map(({ at }) => text.slice(...at)) : [];
  run(
    db,
    sql`insert into statement_search (rowid, summary, passage) values (${row}, ${indexedText(summary)}, ${indexedText(words.join(SEPARATOR))})`,
  );
  if (words.length < 2) return;
  words.slice(0, PASSAGES_PER_STATEMENT).forEach((passage, index) => {
    const passageRow = BigInt(row) * BigInt(PASSAGES_PER_STATEMENT) + BigInt(index);
    run(db, sql`insert into passage_search (rowid, passage) values (${passageRow}, ${indexedText(passage)})`);
  });
}

/**
 * Indexes the documents of a folder and their paragraphs by title and the summaries of their statements and, if the text is
 * mounted, by its words.
 */
export function indexDocuments(db: StoreDb, { seeds, textOf }: SeedPart, firstRow: number): void {
  const paragraphOf = paragraphFinder(seeds);
  let row = firstRow;
  for (const { id: documentId, title, paragraphs } of seeds.documents) {
    const text = textOf(documentId);
    const summaries = new Map<string, Set<string>>();
    for (const { summary, passages, origin } of seeds.statements) {
      if (origin.document !== documentId) continue;
      for (const { at } of passages) {
        const { id } = paragraphOf(documentId, at[0]);
        summaries.set(id, (summaries.get(id) ?? new Set()).add(summary));
      }
    }
    // Their rows were inserted in this order.
    for (const { number, at } of paragraphs) {
      const summary = [...(summaries.get(paragraphId(documentId, number)) ?? [])].join(SEPARATOR);
      const passage = text ? text.slice(...at) : '';
      run(
        db,
        sql`insert into paragraph_search (rowid, summary, passage) values (${row++}, ${indexedText(summary)}, ${indexedText(passage)})`,
      );
    }
    const all = new Set([title, ...[...summaries.values()].flatMap((each) => [...each])]);
    run(
      db,
      sql`insert into document_search (rowid, summary, passage) select rowid, ${indexedText([...all].join(SEPARATOR))}, ${indexedText(text?.toString() ?? '')} from document where id = ${documentId}`,
    );
  }
}

const SEPARATOR = '\n';

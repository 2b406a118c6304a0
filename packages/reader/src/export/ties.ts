import {
  ReaderActorStatementsDocument,
  ReaderFiguresOfDocument,
  ReaderNeighbourhoodDocument,
  type StatementRole,
} from '@dossier/client';
import { centresOf, kindsOf } from '../views/network/centres.js';
import { type Known, namesOf, type Tie, tiesOf } from '../views/network/ties.js';
import { type Columns, list } from './csv.js';
import { type Dataset, MAX_RECORDS, operationName, readList, readOnce, tableOf } from './dataset.js';

type NamedTie = Omit<Tie, 'key'> & { fromName: string | null; toName: string | null };

/** The roles by which a statement ties an actor to others. */
const ROLES: StatementRole[] = ['SPEAKER', 'CARRIER', 'ADDRESSEE'];

const columns: Columns<NamedTie> = {
  id: ({ kind, from, to }) => `${kind} ${from} ${to}`,
  kind: ({ kind }) => kind,
  from: ({ fromName }) => fromName,
  from_id: ({ from }) => from,
  to: ({ toName }) => toName,
  to_id: ({ to }) => to,
  is_likely: ({ isLikely }) => isLikely,
  record_count: ({ shownBy }) => shownBy.length,
  records: ({ shownBy }) => list(shownBy),
};

/** The ties of the actors that the network shows, of the kinds that are selected: from all of their records, also those that the page does not load. */
export const ties: Dataset = {
  name: 'ties',
  title: 'dataset.ties',
  operation: operationName(ReaderNeighbourhoodDocument),
  variables: ({ actor }) => ({ id: actor }),
  load: async (params, signal, onProgress) => {
    const known: { [Name in keyof Known]: Known[Name][number][] } = { actors: [], statements: [], figures: [] };
    const errors = [];
    let [readCount, totalCount] = [0, 0];
    for (const id of centresOf(params)) {
      const progress = (count: number, total: number): void => onProgress(readCount + count, totalCount + total);
      const { data, errors: found } = await readOnce(ReaderNeighbourhoodDocument, { id, first: 0 }, signal);
      errors.push(...found);
      if (!data.actor) continue;
      known.actors.push(data.actor);
      // Of what is no longer read, the number is needed.
      const room = (): number => Math.max(0, MAX_RECORDS - readCount);
      const said = await readList(
        ReaderActorStatementsDocument,
        (each) => each.actor?.statements,
        { id, role: ROLES },
        signal,
        progress,
        room(),
      );
      [readCount, totalCount] = [readCount + said.readCount, totalCount + said.totalCount];
      const traded = await readList(
        ReaderFiguresOfDocument,
        (each) => each.actor?.tradeFigures,
        { id },
        signal,
        progress,
        room(),
      );
      [readCount, totalCount] = [readCount + traded.readCount, totalCount + traded.totalCount];
      known.statements.push(...said.nodes);
      known.figures.push(...traded.nodes);
      errors.push(...said.errors, ...traded.errors);
    }
    const kinds = kindsOf(params['ties']);
    const names = namesOf(known);
    const nodes = tiesOf(known)
      .filter(({ kind }) => kinds.has(kind))
      .map(({ key: _, ...tie }) => ({
        ...tie,
        fromName: names.get(tie.from) ?? null,
        toName: names.get(tie.to) ?? null,
      }));
    return { nodes, readCount, totalCount, errors };
  },
  table: (nodes) => tableOf(columns, nodes as NamedTie[]),
};

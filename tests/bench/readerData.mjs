import { documentOf, benchFolders as statementFolders, wordAt } from './data.mjs';

const DIGEST = '0'.repeat(16);
const KNOWN = [{ title: 'General knowledge' }];
/** Shares of an archive: 50 statements in each document, five of them for each actor. */
const DOCUMENT_STATEMENTS = 50;
const STATEMENTS_PER_ACTOR = 5;
/** The first document is long, and has more of everything than a page shows. */
const LONG = { statements: 1500, quotations: 300, tensions: 120, cautions: 120 };
const INSTRUMENTS = 150;
const REGIMES = 60;
const PLACES = 150;

const slugOf = (index) => `bench-${index}`;
const regimeOf = (index) => `bench-regime-${index}`;
const actOf = (index) => `bench-act-${index}`;
const placeOf = (index) => `bench-place-${index}`;
const idAt = (letter, index) => `${letter}${String(index).padStart(3, '0')}`;
const passageAt = (within) => ({ at: [within * 100, within * 100 + 80], digest: DIGEST });
const day = (index, since = 2010) =>
  `${since + (index % (2023 - since))}-${String(1 + (index % 12)).padStart(2, '0')}-${String(1 + (index % 28)).padStart(2, '0')}`;
const range = (count, of) => Array.from({ length: count }, (_, index) => of(index));

/**
 * Seeds of an archive that the reader shows: the statements, links and figures of `data.mjs` in documents of another size, and one that is
 * long; events, places, offices, listings, legal acts, quotations, tensions and cautions, in each list more than a page of them. The same size gives the same seeds.
 */
export function* benchFolders(size) {
  const actors = Math.ceil(size / STATEMENTS_PER_ACTOR);
  const long = Math.min(LONG.statements, size / 2);
  let number = 0;
  // The long document is the first of a set of documents of that length, of which the others are left out.
  for (const folder of [
    ...take(statementFolders(long, long, actors), 2),
    ...skip(statementFolders(size - long, DOCUMENT_STATEMENTS, actors), 1),
  ]) {
    if (folder.name === 'register') yield withRegister(folder, actors);
    else {
      yield withRecords(renumber(folder, number), number, actors);
      number += 1;
    }
  }
}

function* take(all, count) {
  let index = 0;
  for (const each of all) {
    if (index >= count) return;
    index += 1;
    yield each;
  }
}

function* skip(all, count) {
  let index = 0;
  for (const each of all) {
    if (index >= count) yield each;
    index += 1;
  }
}

/** The folder as that of another document of the archive. */
const renumber = ({ files }, number) => ({
  name: documentOf(number),
  files: {
    ...files,
    document: {
      document: {
        ...files.document.document,
        id: documentOf(number),
        title: `Bench document ${number}: ${wordAt(number + 7)}`,
        sha256: String(number).padStart(64, '0'),
      },
    },
  },
});

const listing = (actor, regime, index) => ({
  actor,
  regime,
  listedOn: day(index, 2018),
  ...(index % 4 === 0 && { delistedOn: '2023-01-01' }),
  measures: ['ASSET_FREEZE'],
  references: KNOWN,
});

function withRegister({ name, files }, actors) {
  const persons = files.actors.actors.filter(({ kind }) => kind === 'PERSON').length;
  return {
    name,
    files: {
      actors: {
        ...files.actors,
        actors: files.actors.actors.map((actor, index) => ({
          ...actor,
          description: `${wordAt(index + 3)} of ${wordAt(index % 40)}`,
          ...(index > 5 && { affiliations: [{ to: slugOf(index % 3 === 0 ? 1 : 2), references: KNOWN }] }),
        })),
        places: range(PLACES, (index) => ({
          id: placeOf(index),
          name: `${wordAt(index * 13 + 2)} ${wordAt(index + 100)}`,
          references: KNOWN,
        })),
        // All of the first organization, so that its list of officers is long.
        offices: range(Math.min(persons, 300), (index) => ({
          id: idAt('O', index),
          holder: slugOf(index * 5),
          title: `${wordAt(index)} officer`,
          organization: slugOf(2),
          basis: 'BACKGROUND',
          references: KNOWN,
        })),
      },
      sanctions: {
        ...files.sanctions,
        regimes: [
          ...files.sanctions.regimes,
          ...range(REGIMES, (index) => ({
            id: regimeOf(index),
            name: `Bench measures on ${wordAt(index)}`,
            authority: slugOf(2),
            targets: [slugOf(1)],
            references: KNOWN,
          })),
        ],
        instruments: [
          ...files.sanctions.instruments,
          ...range(INSTRUMENTS, (index) => ({
            id: actOf(index),
            symbol: `B/${index + 2}`,
            title: `Bench act on ${wordAt(index)}`,
            regime: 'bench',
            adoptedOn: { edtf: '2017-01-01', basis: 'BACKGROUND' },
            references: KNOWN,
          })),
        ],
        designations: [
          ...range(Math.ceil(actors / 10), (index) => listing(slugOf(index + 3), 'bench', index)),
          // The first actor is on many lists.
          ...range(REGIMES, (index) => listing(slugOf(0), regimeOf(index), index)),
        ],
      },
    },
  };
}

/** The records of a document beside its statements: in the first document more of each than a page shows. */
function withRecords({ name, files }, number, actors) {
  const { statements } = files.statements;
  const idOf = (index) => statements[index % statements.length].id;
  const isLong = number === 0;
  const speakers = new Map(statements.map(({ id, attribution }) => [id, attribution.speakers[0]]));
  const perDocument = (count) => (isLong ? Math.min(count, Math.floor(statements.length / 3)) : 2);
  return {
    name,
    files: {
      ...files,
      statements: {
        ...files.statements,
        quotations: range(perDocument(LONG.quotations), (index) => ({
          id: idAt('Q', index),
          kind: 'PARTIAL',
          speaker: speakers.get(idOf(index)),
          speakerIsCertain: true,
          level: 1,
          statements: [idOf(index)],
          isTranslated: false,
          translationBasis: 'DOCUMENT',
          passages: [{ at: [index * 100 + 10, index * 100 + 60], digest: DIGEST }],
        })),
        tensions: range(isLong ? LONG.tensions : 1, (index) => ({
          id: idAt('T', index),
          kind: 'CONTRADICTION',
          statements: [idOf(index), idOf(index + 1)],
          explanation: `One says ${wordAt(index)}, the other ${wordAt(index + 9)}.`,
        })),
        cautions: range(isLong ? LONG.cautions : 1, (index) => ({
          id: idAt('X', index),
          kind: 'NAMING',
          explanation: `The name ${wordAt(index)} means two things.`,
          passages: [passageAt(index)],
        })),
      },
      actors: {
        events: range(perDocument(200), (index) => ({
          id: idAt('E', index),
          label: `${wordAt(index + number)} meets ${wordAt(index * 3 + number)}`,
          kind: 'VISIT',
          status: index % 5 === 0 ? 'ALLEGED' : 'OCCURRED',
          date: { edtf: day(index + number * 7), basis: 'STATED' },
          place: placeOf((index * index + number) % (number % 3 === 0 ? 1 : PLACES)),
          participants: [{ actor: slugOf((index + number) % Math.min(actors, 30)), role: 'guest' }],
          statements: [idOf(index)],
          passages: [passageAt(index)],
        })),
        additions: [...new Set([0, 1, 2 + (number % (actors - 2))])].map((of) => ({
          of: slugOf(of),
          mentions: range(Math.min(3, statements.length), (index) => ({
            form: 'NAME',
            at: [index * 100 + (of % 50), index * 100 + (of % 50) + 5],
            digest: DIGEST,
          })),
        })),
      },
    },
  };
}

import { linked, passagesOf, publisherOf } from '../consequences.js';
import type { Problem } from '../problem.js';
import type { Seeds } from '../records.js';
import type { Entry } from '../resolve.js';
import { type Check, entriesOf, problemAt } from './input.js';

type Statement = Seeds['statements'][number];
type Document = Seeds['documents'][number];

const WITHOUT_SPEAKER = new Set(['IMPUTED', 'MISSING']);

/** Reports attributions whose speakers do not fit their status, and relay chains with a cycle, or that do not end at the publisher. */
export const attribution: Check = ({ entries, seeds }) => {
  const statements = entriesOf(entries, 'statements');
  return [
    ...publisherProblems(entriesOf(entries, 'document'), statements),
    ...statements.flatMap((entry) => attributionProblems(entry, seeds.documents)),
  ];
};

const statementIn = ({ parsed }: Entry): Statement => parsed.record as unknown as Statement;
/** An unknown id has no type. It is reported elsewhere. */
const isKnown = (actor: string): boolean => actor.includes(':');

/** At least this many chains that end elsewhere are more probably one wrong publisher, if most chains do. */
const MIN_CONFLICTS = 3;

function publisherProblems(documents: readonly Entry[], statements: readonly Entry[]): Problem[] {
  return documents.flatMap((entry) => {
    const { id, publisher } = entry.parsed.record as unknown as Document;
    if (publisher === null || !isKnown(publisher)) return [];
    const ends = statements.flatMap((each) => {
      const { origin, attribution: own } = statementIn(each);
      return origin.document === id ? (own.relayChain.at(-1)?.carrier ?? []) : [];
    });
    const others = ends.filter((end) => isKnown(end) && end !== publisher);
    const [other] = others;
    if (others.length < MIN_CONFLICTS || others.length * 2 <= ends.length || others.some((end) => end !== other))
      return [];
    return [
      linked(
        problemAt(
          entry,
          ['publisher'],
          `"${publisher}" is not the end of ${others.length} of the ${ends.length} relay chains; expected "${other}", with which they end.`,
        ),
        { subjects: [publisherOf(id)] },
      ),
    ];
  });
}

function attributionProblems(entry: Entry, documents: readonly Document[]): Problem[] {
  const statement = statementIn(entry);
  const { status, speakers, candidates, imputedTo, imputedBy, relayChain } = statement.attribution;
  const problem = (field: string, message: string) => problemAt(entry, ['attribution', field], message);
  const problems = [];
  if (WITHOUT_SPEAKER.has(status) && speakers.length > 0)
    problems.push(
      problem('speakers', `status ${status} with a speaker; expected none, because the speaker is not known.`),
    );
  if (!WITHOUT_SPEAKER.has(status) && speakers.length === 0)
    problems.push(problem('speakers', `status ${status} without a speaker; expected at least one.`));
  if (status === 'IMPUTED' && !(imputedTo && imputedBy))
    problems.push(problem('status', 'status IMPUTED; expected "imputedTo" and "imputedBy" as well.'));
  if (status !== 'IMPUTED' && (imputedTo ?? imputedBy))
    problems.push(
      problem(
        'status',
        `status ${status} with "imputedTo" or "imputedBy"; expected IMPUTED, or neither "imputedTo" nor "imputedBy".`,
      ),
    );
  const possible = new Set(candidates);
  if (speakers.some((speaker) => !possible.has(speaker)))
    problems.push(
      problem('candidates', 'a speaker is not among the candidates; expected all actors who may have said it.'),
    );
  const carriers = relayChain.map((hop) => hop.carrier).filter((carrier) => carrier !== null);
  const seen = new Set<string>();
  const repeated = carriers.find((carrier) => seen.size === seen.add(carrier).size);
  if (repeated)
    problems.push(
      problem('relayChain', `a cycle: "${repeated}" occurs twice in the chain; expected each carrier once.`),
    );
  // A publisher that retells a lost source is both the speaker and the last hop, but not the first.
  const first = relayChain[0]?.carrier;
  if (first && (speakers.includes(first) || first === imputedBy))
    problems.push(
      problem('relayChain', `a cycle: the chain begins with the speaker, "${first}"; expected the carrier after it.`),
    );
  // With a speaker that does not fit, the chain is another one.
  if (problems.length > 0) return problems;
  const document = documents.find(({ id }) => id === statement.origin.document);
  return document ? chainProblems(entry, statement, document) : [];
}

/** A chain begins after the speaker and ends at the publisher of the document; it is empty only if the publisher is the speaker. */
function chainProblems(entry: Entry, { attribution: own, passages }: Statement, document: Document): Problem[] {
  const { status, speakers, candidates, imputedBy, relayChain } = own;
  const { publisher } = document;
  const problem = (field: string, message: string) =>
    linked(problemAt(entry, ['attribution', field], message), {
      causes: [publisherOf(document.id), passagesOf(document.id), passagesOf(entry.id)],
    });
  const last = relayChain.at(-1);
  const actors = [...speakers, ...(candidates ?? []), ...(imputedBy === null ? [] : [imputedBy])];
  if (publisher !== null && [publisher, ...actors, ...(last?.carrier ? [last.carrier] : [])].every(isKnown)) {
    const expected = `expected a chain that ends with the publisher, "${publisher}"`;
    if (last && last.carrier !== publisher)
      return [
        problem(
          'relayChain',
          `the chain ends with ${last.carrier === null ? 'a carrier whose name is lost' : `"${last.carrier}"`}; ${expected}.`,
        ),
      ];
    if (!last && status !== 'MISSING' && !actors.includes(publisher))
      return [
        problem(
          'relayChain',
          `no chain, as if the publisher were the speaker; ${expected}, or the publisher as the speaker.`,
        ),
      ];
  }
  if (status !== 'IMPLICIT' || publisher === null) return [];
  if (last && speakers.includes(publisher))
    // A publisher may retell a source that is lost.
    return relayChain[0]?.carrier === null
      ? []
      : [
          problem(
            'relayChain',
            'status IMPLICIT with a chain to the publisher, which speaks for itself; expected no chain, or EXPLICIT and the speaker whom the text names.',
          ),
        ];
  const voices = voicesOf(document, passages);
  const stranger = speakers.find((each) => isKnown(each) && each !== publisher && !voices.includes(each));
  return stranger === undefined
    ? []
    : [
        problem(
          'status',
          `status IMPLICIT with the speaker "${stranger}", who is not the voice of the paragraph; expected EXPLICIT if the text names the speaker, or the speaker as "voice" of the paragraph in document.yaml.`,
        ),
      ];
}

/** The voices of the paragraphs with the passages. */
const voicesOf = ({ paragraphs }: Document, passages: Statement['passages']): (string | null)[] =>
  paragraphs.flatMap(({ at, voice }) =>
    passages.some((passage) => at[0] <= passage.at[0] && passage.at[0] < at[1]) ? [voice] : [],
  );

import type { Seeds } from '../records.js';
import { type Check, entriesOf, problemAt } from './input.js';

const WITHOUT_SPEAKER = new Set(['IMPUTED', 'MISSING']);

/** Reports attributions whose speakers do not fit their status, and relay chains with a cycle. */
export const attribution: Check = ({ entries }) =>
  entriesOf(entries, 'statements').flatMap((entry) => {
    const { status, speakers, candidates, imputedTo, imputedBy, relayChain } = (
      entry.parsed.record as unknown as Seeds['statements'][number]
    ).attribution;
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
    return problems;
  });

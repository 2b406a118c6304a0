import type { Seeds } from '../records.js';
import { type Check, entriesOf, problemAt } from './input.js';

const UNSPOKEN = new Set(['IMPUTED', 'MISSING']);

/** Nobody is named who cannot honestly be named, and the chain that words came by does not turn back on itself. */
export const attribution: Check = ({ entries }) =>
  entriesOf(entries, 'statements').flatMap((entry) => {
    const { status, speakers, candidates, imputedTo, imputedBy, relayChain } = (
      entry.parsed.record as unknown as Seeds['statements'][number]
    ).attribution;
    const say = (field: string, message: string) => problemAt(entry, ['attribution', field], message);
    const problems = [];
    if (UNSPOKEN.has(status) && speakers.length > 0)
      problems.push(
        say('speakers', `status ${status} with a speaker; expected none, because nobody can honestly be named.`),
      );
    if (!UNSPOKEN.has(status) && speakers.length === 0)
      problems.push(say('speakers', `status ${status} without a speaker; expected at least one.`));
    if (status === 'IMPUTED' && !(imputedTo && imputedBy))
      problems.push(say('status', 'status IMPUTED; expected "imputedTo" and "imputedBy" beside it.'));
    if (status !== 'IMPUTED' && (imputedTo ?? imputedBy))
      problems.push(
        say(
          'status',
          `status ${status} with words put into a mouth; expected IMPUTED, or neither "imputedTo" nor "imputedBy".`,
        ),
      );
    const possible = new Set(candidates);
    if (speakers.some((speaker) => !possible.has(speaker)))
      problems.push(
        say('candidates', 'a speaker is not among the candidates; expected everyone who may have said it.'),
      );
    const carriers = relayChain.map((hop) => hop.carrier).filter((carrier) => carrier !== null);
    const passed = new Set<string>();
    const again = carriers.find((carrier) => passed.size === passed.add(carrier).size);
    if (again)
      problems.push(say('relayChain', `a cycle: "${again}" carries the words twice; expected each carrier once.`));
    // A publisher that retells a lost source is both speaker and last hop; but then it is not the first.
    const first = relayChain[0]?.carrier;
    if (first && (speakers.includes(first) || first === imputedBy))
      problems.push(
        say(
          'relayChain',
          `a cycle: the chain begins with "${first}", whose words they are; expected the carrier after it.`,
        ),
      );
    return problems;
  });

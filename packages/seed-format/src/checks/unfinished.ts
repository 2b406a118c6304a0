import { FILL_IN } from '../unfinished.js';
import { type Check, contentsOf, problemAt } from './input.js';

/** Reports texts that "seeds accept" left for a person to write. */
export const unfinished: Check = ({ entries }) =>
  entries.flatMap((entry) =>
    contentsOf(entry)
      .texts.filter(({ value }) => value === FILL_IN)
      .map(({ path }) => problemAt(entry, path, 'still to be filled in; expected words of your own.')),
  );

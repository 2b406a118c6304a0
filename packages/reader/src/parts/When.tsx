import { type DateFragment, dateLabel } from '@dossier/client';
import { Said } from './Said.js';

/** A date in words, never more precise than the evidence. */
export const When = ({ date }: { date: DateFragment }) => (
  <span class="when">
    {dateLabel(date)}
    {date.note && (
      <small class="quiet">
        {' '}
        — <Said text={date.note} />
      </small>
    )}
  </span>
);

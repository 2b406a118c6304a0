import { type DateFragment, dateLabel } from '@dossier/client';
import { SafeText } from './SafeText.js';

/** A date as text, never more precise than the evidence. */
export const DateText = ({ date }: { date: DateFragment }) => (
  <span class="when">
    {dateLabel(date)}
    {date.note && (
      <small class="quiet">
        {' '}
        — <SafeText text={date.note} />
      </small>
    )}
  </span>
);

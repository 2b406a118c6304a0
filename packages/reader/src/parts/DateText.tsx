import type { DateFragment } from '@dossier/client';
import { dateText } from './dates.js';
import { SafeText } from './SafeText.js';

/** A date as text, never more precise than the evidence. */
export const DateText = ({ date }: { date: DateFragment }) => (
  <span class="when">
    {dateText(date)}
    {date.note && (
      <small class="quiet">
        {' '}
        — <SafeText text={date.note} />
      </small>
    )}
  </span>
);

import type { AttributionStatus, Basis, EventStatus } from '@dossier/client';

/** An enum value as text: `POSSIBLE_BREACH` is "possible breach". */
export const enumText = (value: string): string => value.toLowerCase().replaceAll('_', ' ');

/** The same with a capital first letter. */
export const enumTitle = (value: string): string => capital(enumText(value));

const INITIALS = /\b(?:dprk|dpr|lpr|eu|un|us|ussr)\b/g;

/** A topic key as text: `un-vote` is "UN vote". */
export const topicText = (topic: string): string =>
  capital(topic.replaceAll('-', ' ').replace(INITIALS, (letters) => letters.toUpperCase()));

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** The last part of an id, as a short name of a record: `statement:memri-sd-10149/S06` is "S06". */
export const shortId = (id: string): string => id.slice(Math.max(id.lastIndexOf('/'), id.indexOf(':')) + 1);

/** Labels and explanations of the attribution status. */
export const STATUS: Record<AttributionStatus, { label: string; means: string }> = {
  EXPLICIT: { label: 'Speaker named', means: 'The document names the speaker.' },
  IMPLICIT: { label: 'Text’s own voice', means: 'Nobody is named: the text speaks in its own voice.' },
  INHERITED_UNCERTAIN: {
    label: 'Speaker likely',
    means: 'Carried over from the surrounding words; the speaker is not certain.',
  },
  IMPUTED: { label: 'Imputed', means: 'Words put into an actor’s mouth by another; nobody said them.' },
  MISSING: { label: 'Source missing', means: 'The document names no source although one is needed.' },
};

export const STATUSES = Object.keys(STATUS) as AttributionStatus[];

/** Where a fact comes from. */
export const BASIS: Record<Basis, string> = {
  DOCUMENT: 'from the document',
  BACKGROUND: 'background, from outside the document',
  DERIVED: 'computed from other figures',
  ANALYST: 'an analyst’s reading',
};

/** Labels of the event status. */
export const EVENT_STATUS: Record<EventStatus, string> = {
  OCCURRED: 'occurred',
  PLANNED: 'planned',
  ALLEGED: 'alleged',
};

export const countOf = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`;

import type { AttributionStatus, Basis, EventStatus, StatementRelationType } from '@dossier/client';
import { isMessageKey, type MessageKey, t } from '../messages/messages.js';

/** An enum value as text: `POSSIBLE_BREACH` is "possible breach". A value that this version does not know is shown as it is named. */
export function enumText(value: string): string {
  const key = `value.${value}`;
  return isMessageKey(key) ? t(key as 'value.OTHER') : value.toLowerCase().replaceAll('_', ' ');
}

/** The same with a capital first letter. */
export const enumTitle = (value: string): string => capital(enumText(value));

const INITIALS = /\b(?:dprk|dpr|lpr|eu|un|us|ussr)\b/g;

/** A topic key as text: `un-vote` is "UN vote". */
export const topicText = (topic: string): string =>
  capital(topic.replaceAll('-', ' ').replace(INITIALS, (letters) => letters.toUpperCase()));

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** The last part of an id, as a short name of a record: `statement:memri-sd-10149/S06` is "S06". */
export const shortId = (id: string): string => id.slice(Math.max(id.lastIndexOf('/'), id.indexOf(':')) + 1);

const STATUS: Record<AttributionStatus, true> = {
  EXPLICIT: true,
  IMPLICIT: true,
  INHERITED_UNCERTAIN: true,
  IMPUTED: true,
  MISSING: true,
};
export const STATUSES = Object.keys(STATUS) as AttributionStatus[];

export const statusText = (status: AttributionStatus): string => t(`status.${status}`);
/** What an attribution status means, as a sentence. */
export const statusMeaning = (status: AttributionStatus): string => t(`status.${status}.means`);

/** Where a fact comes from. */
export const basisText = (basis: Basis): string => t(`basis.${basis}`);

const EVENT_STATUS: Record<EventStatus, true> = { OCCURRED: true, PLANNED: true, ALLEGED: true };
export const EVENT_STATUSES = Object.keys(EVENT_STATUS) as EventStatus[];

export const eventStatusText = (status: EventStatus): string => t(`event.${status}`);

export const isEventStatus = (text: string | undefined): text is EventStatus =>
  text !== undefined && Object.hasOwn(EVENT_STATUS, text);

/** A relation of statements as text, seen from one of them: "supports", or "supported by". */
export const relationText = (type: StatementRelationType, isIncoming: boolean): string =>
  t(`value.${type}${isIncoming ? '.incoming' : ''}` as MessageKey as `value.${StatementRelationType}`);

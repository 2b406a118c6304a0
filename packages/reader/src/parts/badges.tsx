import type { AttributionStatus, Basis, Confidence, EventStatus } from '@dossier/client';
import { t } from '../messages/messages.js';
import { basisText, enumText, eventStatusText, statusText } from './labels.js';

/** The attribution status as a glyph and a label. */
export const StatusBadge = ({ status }: { status: AttributionStatus }) => (
  <span class={`badge status-${status.toLowerCase()}`}>
    <span class="glyph" aria-hidden="true" />
    {statusText(status)}
  </span>
);

export const BasisBadge = ({ basis }: { basis: Basis }) => (
  <span class={`badge basis-${basis.toLowerCase()}`}>{basisText(basis)}</span>
);

/** How well a claim fits a provision, never whether a breach happened. */
export const ConfidenceBadge = ({ confidence }: { confidence: Confidence }) => (
  <span class={`badge confidence-${confidence.toLowerCase()}`}>
    <span class="pips" aria-hidden="true">
      <i />
      <i />
      <i />
    </span>
    {t('claim.fit', { confidence: enumText(confidence) })}
  </span>
);

export const EventBadge = ({ status }: { status: EventStatus }) => (
  <span class={`badge event-${status.toLowerCase()}`}>
    <span class="glyph" aria-hidden="true" />
    {eventStatusText(status)}
  </span>
);

import type { AttributionStatus, Basis, Confidence, EventStatus } from '@dossier/client';
import { BASIS, EVENT_STATUS, enumText, STATUS } from './labels.js';

/** The attribution status as a glyph and a label. */
export const StatusBadge = ({ status }: { status: AttributionStatus }) => (
  <span class={`badge status-${status.toLowerCase()}`}>
    <span class="glyph" aria-hidden="true" />
    {STATUS[status].label}
  </span>
);

export const BasisBadge = ({ basis }: { basis: Basis }) => (
  <span class={`badge basis-${basis.toLowerCase()}`}>{BASIS[basis]}</span>
);

/** How well a claim fits a provision, never whether a breach happened. */
export const ConfidenceBadge = ({ confidence }: { confidence: Confidence }) => (
  <span class={`badge confidence-${confidence.toLowerCase()}`}>
    <span class="pips" aria-hidden="true">
      <i />
      <i />
      <i />
    </span>
    fit: {enumText(confidence)}
  </span>
);

export const EventBadge = ({ status }: { status: EventStatus }) => (
  <span class={`badge event-${status.toLowerCase()}`}>
    <span class="glyph" aria-hidden="true" />
    {EVENT_STATUS[status]}
  </span>
);

import { t } from '../../messages/messages.js';
import { dayText } from '../../parts/dates.js';

interface InForce {
  inForceFrom: string;
  inForceUntil: string | null;
}

/** Since when, and until when, a provision is in force. */
export const inForceText = ({ inForceFrom, inForceUntil }: InForce): string =>
  inForceUntil
    ? t('sanctions.sinceUntil', { day: dayText(inForceFrom), end: dayText(inForceUntil) })
    : t('sanctions.since', { day: dayText(inForceFrom) });

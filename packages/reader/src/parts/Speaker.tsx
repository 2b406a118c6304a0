import type { StatementLineFragment } from '@dossier/client';
import { rich, t } from '../messages/messages.js';
import { Name, Names } from './Name.js';

type Attribution = StatementLineFragment['attribution'];

/** The speaker in one line, with its attribution status. */
export function Speaker({
  attribution,
  plain = false,
}: {
  attribution: Pick<Attribution, 'status' | 'speakers' | 'speakerIds'> & Partial<Attribution>;
  plain?: boolean;
}) {
  const { status, speakers, speakerIds, imputedTo, imputedToId, imputedBy, imputedById } = attribution;
  if (status === 'IMPUTED') {
    const actor = imputedToId ? <Name actor={imputedTo} id={imputedToId.id} plain={plain} /> : t('speaker.another');
    if (!imputedById) return <>{rich('speaker.imputed', { actor })}</>;
    const by = <Name actor={imputedBy} id={imputedById.id} plain={plain} />;
    return <>{rich('speaker.imputedBy', { actor, by })}</>;
  }
  if (speakerIds.length === 0) return <>{t('speaker.unknown')}</>;
  const names = <Names actors={speakers} ids={speakerIds} plain={plain} />;
  return status === 'INHERITED_UNCERTAIN' ? <>{rich('speaker.probably', { names })}</> : names;
}

/** The carriers of a relay chain in one line. */
export const Carriers = ({
  attribution: { relayChain },
  plain = false,
}: {
  attribution: Pick<Attribution, 'relayChain'>;
  plain?: boolean;
}) =>
  relayChain.length === 0 ? null : (
    <span class="hands">
      {relayChain.map(({ position, carrier, carrierId }) => (
        <span key={position}>
          <span class="arrow" aria-hidden="true">
            →
          </span>{' '}
          <span class="visually-hidden">{t(position === 1 ? 'carrier.first' : 'carrier.next')} </span>
          {carrierId ? <Name actor={carrier} id={carrierId.id} plain={plain} /> : <em>{t('carrier.unknown')}</em>}{' '}
        </span>
      ))}
    </span>
  );

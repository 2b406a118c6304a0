import type { StatementLineFragment } from '@dossier/client';
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
    return (
      <>
        put into the mouth of {imputedToId ? <Name actor={imputedTo} id={imputedToId.id} plain={plain} /> : 'another'}
        {imputedById && (
          <>
            {' '}
            by <Name actor={imputedBy} id={imputedById.id} plain={plain} />
          </>
        )}
      </>
    );
  }
  if (speakerIds.length === 0) return <>nobody that can be named</>;
  return (
    <>
      {status === 'INHERITED_UNCERTAIN' && 'probably '}
      <Names actors={speakers} ids={speakerIds} plain={plain} />
    </>
  );
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
          <span class="visually-hidden">{position === 1 ? 'through ' : 'then '}</span>
          {carrierId ? <Name actor={carrier} id={carrierId.id} plain={plain} /> : <em>a lost source</em>}{' '}
        </span>
      ))}
    </span>
  );

import { actorAddress, writeAddress } from '../../address.js';
import { rich, t } from '../../messages/messages.js';
import { basisText, enumText, shortId } from '../../parts/labels.js';
import { Name } from '../../parts/Name.js';
import { SafeText } from '../../parts/SafeText.js';
import { hrefWith } from '../../route.js';
import { TieList } from './TieList.js';
import type { ActorOf, Tie } from './ties.js';

interface ActorPanelProps {
  id: string;
  actor: ActorOf | undefined;
  ties: readonly Tie[];
  names: ReadonlyMap<string, string | null>;
  /** Whether all actors are loaded. Until then a missing one may still arrive. */
  isComplete: boolean;
}

/** The selected actor with its ties. */
export function ActorPanel({ id, actor, ties, names, isComplete }: ActorPanelProps) {
  const name = actor?.name ?? names.get(id);
  const isUnknown = !actor && isComplete;
  const own = ties.filter(({ from, to }) => from === id || to === id);
  return (
    <section class="card actor is-on" aria-labelledby="actor">
      <h2 id="actor">{name ? <SafeText text={name} /> : <code>{shortId(id)}</code>}</h2>
      {actor ? (
        <>
          <p class="quiet small">
            {enumText(actor.kind)}
            {actor.description && (
              <>
                {' '}
                · <SafeText text={actor.description} />
              </>
            )}
          </p>
          {actor.note && (
            <p class="small">
              <SafeText text={actor.note} />
            </p>
          )}
          {actor.affiliations.length > 0 && (
            <p class="small">
              {rich('network.known', {
                actors: actor.affiliations.map(({ to, basis }, index) => (
                  <span key={to.id}>
                    {index > 0 && ', '}
                    <Name actor={to} />
                    {basis !== 'DOCUMENT' && <span class="quiet"> ({basisText(basis)})</span>}
                  </span>
                )),
              })}
            </p>
          )}
          {'kin' in actor && actor.kin.length > 0 && (
            <p class="small">
              {rich('network.kin', {
                people: actor.kin.map(({ person, relation }, index) => (
                  <span key={person.id}>
                    {index > 0 && ', '}
                    <Name actor={person} /> (<SafeText text={relation} />)
                  </span>
                )),
              })}
            </p>
          )}
        </>
      ) : (
        <p class="quiet">{t(isUnknown ? 'network.noActor' : 'network.nameMissing')}</p>
      )}
      {own.length > 0 ? (
        <TieList ties={own} self={id} names={names} />
      ) : (
        !isUnknown && <p class="quiet small">{t('network.noTie')}</p>
      )}
      <p>
        {!isUnknown && (
          <>
            <a href={actorAddress(id)}>{t('network.page')}</a> ·{' '}
            <a href={writeAddress('said', { speaker: id })}>{t('network.statements')}</a> ·{' '}
          </>
        )}
        <a href={hrefWith('network', { actor: null, with: null })}>{t('network.all')}</a>
      </p>
    </section>
  );
}

import { actorAddress } from '../address.js';
import { t } from '../messages/messages.js';
import { shortId } from './labels.js';
import { SafeText } from './SafeText.js';

export interface NamedActor {
  id: string;
  name: string;
}

interface NameProps {
  actor: NamedActor | null | undefined;
  /** Known even if the name could not be loaded. */
  id?: string | null | undefined;
  /** Renders no link, for use inside another link. */
  plain?: boolean;
}

/** The name of an actor, or its id if the name could not be loaded. Renders nothing without an actor. */
export function Name({ actor, id = actor?.id, plain = false }: NameProps) {
  if (!id) return null;
  const name = actor ? (
    <SafeText text={actor.name} />
  ) : (
    <span class="not-now">
      <code>{shortId(id)}</code> <small>{t('unavailable.name')}</small>
    </span>
  );
  return plain ? name : <a href={actorAddress(id)}>{name}</a>;
}

/** Several names in order. `ids` are known even if names are not. */
export const Names = ({
  actors,
  ids,
  plain = false,
}: {
  actors: readonly (NamedActor | null)[];
  ids: readonly ({ id: string } | null)[];
  plain?: boolean;
}) => (
  <>
    {ids.map((each, index) => (
      <span key={each?.id ?? index}>
        {index > 0 && ', '}
        <Name actor={actors[index]} id={each?.id} plain={plain} />
      </span>
    ))}
  </>
);

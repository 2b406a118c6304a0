import { writeAddress } from '../address.js';
import { shortId } from './labels.js';
import { SafeText } from './SafeText.js';

export interface NamedActor {
  id: string;
  name: string;
}

interface NameProps {
  actor: NamedActor | null | undefined;
  /** Known even where the name cannot be had. */
  id?: string | null | undefined;
  /** Without a link, inside another. */
  plain?: boolean;
}

/** An actor by name; by its id where the name is not available now. Nothing where there is nobody. */
export function Name({ actor, id = actor?.id, plain = false }: NameProps) {
  if (!id) return null;
  const name = actor ? (
    <SafeText text={actor.name} />
  ) : (
    <span class="not-now">
      <code>{shortId(id)}</code> <small>(name not available now)</small>
    </span>
  );
  return plain ? name : <a href={writeAddress('network', { actor: id })}>{name}</a>;
}

/** Several, in their order; `ids` are there even where names are not. */
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

import { scalarResolvers } from '@dossier/domain';
import type { ScalarValidators } from '@dossier/execution';

/** Names of the scalars whose values are validated, unless others are set: those that the gateway knows. */
export const DEFAULT_VALIDATED_SCALARS: readonly string[] = Object.keys(scalarResolvers);

const known = new Map(Object.entries(scalarResolvers));

/** Validators of scalars by name. One that the gateway does not know is no object and no list. */
export const scalarValidators = (names: readonly string[] = DEFAULT_VALIDATED_SCALARS): ScalarValidators =>
  new Map(
    names.map((name) => {
      const scalar = known.get(name);
      return [
        name,
        (value: unknown) => typeof value !== 'object' && (!scalar || isAccepted(() => scalar.parseValue(value))),
      ];
    }),
  );

function isAccepted(parse: () => unknown): boolean {
  try {
    parse();
    return true;
  } catch {
    return false;
  }
}

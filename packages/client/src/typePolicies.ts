import { connectionFields, valueTypes } from './generated/cache.js';

interface TypePolicy<TField> {
  merge?: true;
  fields?: Record<string, TField>;
}

type Merge = (existing: unknown, incoming: unknown, options: never) => unknown;

/**
 * Apollo's `merge` turns a null that arrives first into an empty list, as if nothing had been found. Here a null, the value of an
 * unavailable list, stays null; a later null does not replace the pages that are already in the cache.
 */
function keepNull<TField>(policy: TField): TField {
  const { merge } = policy as { merge?: Merge };
  if (typeof merge !== 'function') return policy;
  const mergeList: Merge = (existing, incoming, options) =>
    existing || incoming ? merge(existing ?? undefined, incoming, options) : null;
  return { ...policy, merge: mergeList };
}

/**
 * Type policies for Apollo Client's cache. Its `relayStylePagination` is a parameter, so that this package does not depend on
 * Apollo Client. The pages of a list are merged; another filter or order is another list. Select `edges` to merge pages:
 * `nodes` would contain only the last page.
 */
export function typePolicies<TField>(
  relayStylePagination: (keyArgs: string[]) => TField,
): Record<string, TypePolicy<TField>> {
  const connections = Object.entries(connectionFields).map(([type, fields]) => {
    const policies = Object.entries(fields).map(([name, keyArgs]: [string, readonly string[]]) => [
      name,
      keepNull(relayStylePagination([...keyArgs])),
    ]);
    return [type, { fields: Object.fromEntries(policies) }];
  });
  const values = valueTypes.map((type) => [type, { merge: true }]);
  return Object.fromEntries([...connections, ...values]);
}

import { connectionFields, valueTypes } from './generated/cache.js';

interface TypePolicy<TField> {
  merge?: true;
  fields?: Record<string, TField>;
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
      relayStylePagination([...keyArgs]),
    ]);
    return [type, { fields: Object.fromEntries(policies) }];
  });
  const values = valueTypes.map((type) => [type, { merge: true }]);
  return Object.fromEntries([...connections, ...values]);
}

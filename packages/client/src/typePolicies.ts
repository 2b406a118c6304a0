import { connectionFields, valueTypes } from './generated/cache.js';

interface TypePolicy<TField> {
  merge?: true;
  fields?: Record<string, TField>;
}

/**
 * Type policies for Apollo Client's cache, made with its own `relayStylePagination`, so that nothing of Apollo is needed
 * here. Pages of one list are joined; another filter or order is another list. Ask for `edges` where pages are joined:
 * `nodes` would hold the last page alone.
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

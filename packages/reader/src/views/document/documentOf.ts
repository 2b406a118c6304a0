/** The document that an address names: itself, or by one of its statements; null for neither. */
export function documentOf({ document, statement }: Readonly<Record<string, string>>): string | null {
  const [, name] = /^statement:([^/]+)\/[^/]+$/.exec(statement ?? '') ?? [];
  return document ?? (name === undefined ? null : `document:${name}`);
}

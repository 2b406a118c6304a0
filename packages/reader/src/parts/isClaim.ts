import type { StatementLineFragment } from '@dossier/client';

/** Whether a node of a response is a statement with the fields of a claim: an id may be that of another record, or of none. */
export const isClaim = (node: object | null | undefined): node is StatementLineFragment =>
  Boolean(node && 'summary' in node);

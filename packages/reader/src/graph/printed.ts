import type { DocumentNode } from 'graphql';

/**
 * Replaces `print` of graphql in the build, whose documents are printed already (`printedDocuments` in vite.config.mjs): their syntax trees
 * would be most of the script.
 */
export const print = (document: DocumentNode & { text: string }): string => document.text;

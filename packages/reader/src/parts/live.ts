/**
 * Attributes of text that changes after the reader has done something: screen readers say what it has become. Not the role "status", whose text
 * Orca does not read where it stands.
 */
export const LIVE = { 'aria-live': 'polite', 'aria-atomic': true } as const;

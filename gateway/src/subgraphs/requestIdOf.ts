/** The id under which a client's request stands in the log. */
export const requestIdOf = (context: object): string | undefined => (context as { requestId?: string }).requestId;

/** The graph is beside the pages: whoever serves them under `/reader/` answers at `/graphql`. */
export const endpoint = (): string => new URL('../graphql', document.baseURI).href;

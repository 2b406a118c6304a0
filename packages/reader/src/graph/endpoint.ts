/** The URL of the gateway, which serves the pages under `/reader/` and the graph at `/graphql`. */
export const endpoint = (): string => new URL('../graphql', location.href).href;

interface StatementEdge {
  cursor: string;
  node: { id: string };
}

/** The first statements in the order of the guides: what a cache has to contain after paging. */
export async function firstStatements(
  url: string,
  count: number,
): Promise<{ edges: StatementEdge[]; ids: string[]; refs: string[] }> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      query: `{ statements(orderBy: SAID_ON, first: ${count}) { edges { cursor node { id } } } }`,
    }),
  });
  const { data } = (await response.json()) as { data: { statements: { edges: StatementEdge[] } } };
  const ids = data.statements.edges.map(({ node }) => node.id);
  if (ids.length !== count) throw new Error(`The graph has only ${ids.length} statements.`);
  return { edges: data.statements.edges, ids, refs: ids.map((id) => `Statement:${id}`) };
}

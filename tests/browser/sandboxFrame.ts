/**
 * Replaces Apollo's page in the frame: requests the schema and runs the document that it was opened with, using
 * the messages that the hosted Sandbox sends, and shows the responses.
 */
export const sandboxFrame = `<!doctype html><title>frame</title><pre id="schema"></pre><pre id="answer"></pre><script>
  const params = new URLSearchParams(location.search);
  const endpointUrl = params.get('endpoint');
  const operation = decodeURIComponent(params.get('defaultDocument'));
  const send = (message) => parent.postMessage(message, '*');
  addEventListener('message', ({ data }) => {
    if (data.name === 'HandshakeResponse') {
      send({ name: 'IntrospectionQueryWithHeaders', introspectionRequestBody: JSON.stringify({ query: '{ __schema { queryType { name } } }' }), introspectionRequestHeaders: {}, sandboxEndpointUrl: endpointUrl, operationId: 'schema' });
      send({ name: 'ExplorerRequest', operation, operationName: /query (\\w+)/.exec(operation)[1], variables: {}, headers: {}, includeCookies: false, operationId: 'one', endpointUrl });
    }
    if (data.name === 'SchemaResponse') document.getElementById('schema').textContent = JSON.stringify(data.schema ?? data.response ?? data);
    if (data.name === 'ExplorerResponse') document.getElementById('answer').textContent = JSON.stringify(data.response);
  });
  send({ name: 'ExplorerListeningForHandshake' });
</script>`;

import { ApolloSandbox } from '@apollo/sandbox';
import type { ExampleOperation } from './examples.js';

/**
 * Apollo Sandbox in a frame. Its code is Apollo's and stays in the frame; what it asks, this page asks for it, of this
 * gateway alone. Its reports of use are switched off.
 */
export function showSandbox(
  here: HTMLElement,
  endpoint: string,
  first: ExampleOperation,
): { show: (example: ExampleOperation) => void; close: () => void } {
  const embed = ({ text }: ExampleOperation) =>
    new ApolloSandbox({
      target: here,
      initialEndpoint: endpoint,
      endpointIsEditable: false,
      runTelemetry: false,
      allowDynamicStyles: false,
      initialState: { document: text, includeCookies: false, pollForSchemaUpdates: false },
      handleRequest: (_asked, options) => fetch(endpoint, { ...options, credentials: 'omit' }),
    });
  let sandbox = embed(first);
  const close = () => {
    sandbox.dispose();
    here.replaceChildren();
  };
  return {
    show: (example) => {
      close();
      sandbox = embed(example);
    },
    close,
  };
}

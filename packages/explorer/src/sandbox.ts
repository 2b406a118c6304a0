import { ApolloSandbox } from '@apollo/sandbox';
import type { Selection } from './examples.js';

/**
 * Embeds Apollo Sandbox. Its code is Apollo's and stays in the frame; this page sends its requests, only to this
 * gateway. Its telemetry is disabled.
 */
export function showSandbox(
  here: HTMLElement,
  endpoint: string,
  first: Selection,
): { show: (selection: Selection) => void; close: () => void } {
  const embed = ({ text, variables }: Selection) =>
    new ApolloSandbox({
      target: here,
      initialEndpoint: endpoint,
      endpointIsEditable: false,
      runTelemetry: false,
      allowDynamicStyles: false,
      initialState: {
        document: text,
        ...(variables && { variables: JSON.parse(variables) }),
        includeCookies: false,
        pollForSchemaUpdates: false,
      },
      handleRequest: (_asked, options) => fetch(endpoint, { ...options, credentials: 'omit' }),
    });
  let sandbox = embed(first);
  const close = () => {
    sandbox.dispose();
    here.replaceChildren();
  };
  return {
    show: (selection) => {
      close();
      sandbox = embed(selection);
    },
    close,
  };
}

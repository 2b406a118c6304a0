import { ApolloSandbox } from '@apollo/sandbox';
import type { Question } from './questions.js';

/**
 * Apollo Sandbox in a frame. Its code is Apollo's and stays in the frame; what it asks, this page asks for it, of this
 * gateway alone. Its reports of use are switched off.
 */
export function showSandbox(
  here: HTMLElement,
  endpoint: string,
  first: Question,
): { ask: (question: Question) => void; close: () => void } {
  const embed = ({ text }: Question) =>
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
    ask: (question) => {
      close();
      sandbox = embed(question);
    },
    close,
  };
}

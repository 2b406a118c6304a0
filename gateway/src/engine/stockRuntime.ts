import type { ApolloServerPlugin } from '@apollo/server';
import { dedupeErrors, formatError } from '../errors.js';
import { withErrorPaths } from './errorPaths.js';
import { type CreateSource, MAX_EVALUATED_PLANS, type PlanningLimits, type Runtime } from './runtime.js';
import { validateScalarInput } from './scalars.js';

/** Executes a supergraph with @apollo/gateway. */
export async function createStockRuntime(
  sdl: string,
  { maxPaths }: PlanningLimits,
  createSource: CreateSource,
): Promise<Runtime> {
  // ApolloGateway reads it when it is constructed; otherwise it reports on its deployment every hour.
  process.env['APOLLO_TELEMETRY_DISABLED'] = '1';
  // Imported here because the module is large and otherwise unused.
  const { ApolloGateway } = await import('@apollo/gateway');
  const addErrorPaths = withErrorPaths();
  let update: Runtime['replaceSupergraph'] = () => {};
  const gateway = new ApolloGateway({
    supergraphSdl: async (options) => {
      update = options.update;
      return { supergraphSdl: sdl };
    },
    queryPlannerConfig: { debug: { maxEvaluatedPlans: MAX_EVALUATED_PLANS, pathsLimit: maxPaths } },
    buildService: ({ name, url }) => addErrorPaths(createSource(name, url ?? '')),
  });
  return {
    execution: { apollo: { gateway, formatError, plugins: [plugin] } },
    meters: [],
    replaceSupergraph: (next) => update(next),
    close: async () => {},
  };
}

/** Validates scalar input and dedupes errors, as Dossier's own engine does. */
const plugin: ApolloServerPlugin = {
  async serverWillStart() {
    return { schemaDidLoadOrUpdate: ({ apiSchema }) => validateScalarInput(apiSchema) };
  },
  async requestDidStart() {
    return {
      async willSendResponse({ response }) {
        if (response.body.kind === 'single' && response.body.singleResult.errors)
          response.body.singleResult.errors = dedupeErrors(response.body.singleResult.errors);
      },
    };
  },
};

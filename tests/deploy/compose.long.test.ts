import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTempFolder, type Program, postQuery, removeFolder, run, start } from '../support/processes.js';
import { composeService, environmentOf } from './composeFile.js';
import { SERVICES } from './files.js';

const SECRET = 'a-secret-of-this-test';
const DOT_ENV = { SUBGRAPH_SECRET: SECRET, LOG_LEVEL: 'warn', MAX_PAGE: '7' };

const folder = createTempFolder();
const running = new Map<string, Program>();
const scriptOf = (name: string) =>
  name.startsWith('gateway') ? 'gateway/dist/main.js' : `services/${name}/dist/main.js`;

/**
 * The environment of a container in the Compose file, changed only where containers differ from processes of one machine: the port,
 * the folder of the volume, and the addresses of the other containers.
 */
function environment(name: string, dotEnv: Record<string, string>): Record<string, string> {
  const env = environmentOf(name, dotEnv);
  for (const service of SERVICES) {
    const url = running.get(service)?.url;
    if (url && env[`${service.toUpperCase()}_URL`]) env[`${service.toUpperCase()}_URL`] = url;
  }
  return { ...env, HOST: '127.0.0.1', PORT: '0', ...(env['DATA_DIR'] && { DATA_DIR: folder }) };
}

/** Runs a container that ends by itself. */
const complete = (name: string, dotEnv: Record<string, string>) => {
  const [, , ...args] = composeService(name).command ?? [];
  return run(scriptOf(name.replace('-seeding', '')), args, environment(name, dotEnv));
};

beforeAll(async () => {
  for (const name of SERVICES) {
    expect(await complete(`${name}-seeding`, DOT_ENV)).toMatchObject({ status: 0 });
    running.set(name, await start(scriptOf(name), environment(name, DOT_ENV)));
  }
  expect(await complete('gateway-settings', DOT_ENV)).toMatchObject({ status: 0 });
  running.set('gateway', await start(scriptOf('gateway'), environment('gateway', DOT_ENV)));
});
afterAll(async () => {
  await Promise.all([...running.values()].map((program) => program.stop()));
  removeFolder(folder);
});
const programOf = (name: string): Program => running.get(name) as Program;

describe('the containers of the Compose file, each with exactly the environment that it gets there,', () => {
  it.each(SERVICES)('answer only the gateway, with the secret of .env: %s', async (name) => {
    const without = await postQuery(programOf(name), '{ __typename }');

    expect(without.errors).toMatchObject([
      { extensions: { code: expect.stringMatching(/GATEWAY|SECRET|FORBIDDEN|UNAUTH/) } },
    ]);
  });

  it('resolve fields of every service through the gateway', async () => {
    const { data, errors } = await postQuery(
      programOf('gateway'),
      '{ actors(first: 1) { totalCount } statements(first: 1) { totalCount } instruments(first: 1) { totalCount } tradeFigures(first: 1) { totalCount } }',
    );

    expect(errors).toBeUndefined();
    for (const connection of Object.values(data ?? {})) expect(connection).toEqual({ totalCount: expect.any(Number) });
  });

  it('get settings of .env that the Compose file does not name', async () => {
    const { errors } = await postQuery(programOf('gateway'), '{ actors(first: 8) { totalCount } }');

    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
  });

  it.each(['gateway-settings', ...SERVICES.map((name) => `${name}-seeding`)])(
    'do not start with a wrong setting, which %s reports with status 2',
    async (name) => {
      const { status, stderr } = await complete(name, { ...DOT_ENV, MAX_PAGE: 'none' });

      expect([status, stderr]).toEqual([2, expect.stringContaining('MAX_PAGE')]);
    },
  );
});

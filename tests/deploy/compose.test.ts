import { describe, expect, it } from 'vitest';
import { environmentOf, composeFile as file, composeService as program } from './composeFile.js';
import { composeProblems as problemsOf } from './composeSchema.js';
import { PORT, SERVICES } from './files.js';

describe('the Compose file', () => {
  it('conforms to the Compose Specification', () => {
    expect(problemsOf(file)).toEqual([]);
  });

  it('is rejected for an unknown name or a wrong value', () => {
    expect(problemsOf({ ...file, services: { gateway: { imagee: 'dossier' } } })).not.toEqual([]);
    expect(problemsOf({ ...file, services: { gateway: { image: 'dossier', read_only: 'very' } } })).not.toEqual([]);
  });

  it('makes each container read-only, without new privileges, and with a stop timeout', () => {
    for (const name of Object.keys(file.services)) {
      expect(program(name)).toMatchObject({
        read_only: true,
        cap_drop: ['ALL'],
        security_opt: ['no-new-privileges:true'],
        stop_grace_period: '20s',
      });
    }
  });

  it('seeds each store once before its service starts, and points the gateway to the service ports', () => {
    const urls = SERVICES.map((name) => [`${name.toUpperCase()}_URL`, `http://${name}:${PORT}/graphql`]);
    expect(program('gateway').environment).toMatchObject(Object.fromEntries(urls));
    expect(program('gateway').ports).toEqual([`127.0.0.1:${PORT}:${PORT}`]);
    for (const name of SERVICES) {
      expect(program(name).depends_on).toEqual({
        [`${name}-seeding`]: { condition: 'service_completed_successfully' },
      });
      expect(program(`${name}-seeding`)).toMatchObject({
        command: ['node', 'program.js', 'seed'],
        restart: 'no',
        volumes: program(name).volumes,
        image: program(name)['image'],
      });
      // Not required: a gateway starts even if its subgraphs are down.
      expect(program('gateway').depends_on?.[name]).toEqual({ condition: 'service_healthy', required: false });
    }
  });

  it('publishes the port of the gateway only', () => {
    const published = Object.keys(file.services).filter((name) => program(name).ports !== undefined);
    expect(published).toEqual(['gateway']);
    expect(file.networks['graph']).toEqual({ internal: true });
    for (const name of SERVICES) expect(program(name).networks).toEqual(['graph', 'telemetry']);
  });

  it('connects each program to a network on which it reaches a trace collector', () => {
    for (const name of ['gateway', ...SERVICES])
      expect(program(name).networks.filter((network) => !file.networks[network]?.internal)).toContain('telemetry');
  });

  it('gives each container the variables of .env, except for what the file itself sets', () => {
    const dotEnv = {
      SUBGRAPH_SECRET: 'a-secret-of-this-test',
      OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector.invalid:4318',
      LOG_LEVEL: 'warn',
      MAX_COST: '1000',
    };
    for (const name of Object.keys(file.services)) {
      expect(environmentOf(name, { ...dotEnv, PORT: '1', HOST: 'host.invalid' })).toMatchObject({
        ...dotEnv,
        PORT: String(PORT),
        HOST: '0.0.0.0',
      });
      expect(environmentOf(name, null)).not.toHaveProperty('SUBGRAPH_SECRET');
    }
  });

  it('checks settings once, in a container that is not restarted, before the program that is restarted starts', () => {
    for (const name of ['gateway', ...SERVICES]) {
      const [check = ''] = Object.entries(program(name).depends_on ?? {})
        .filter(([, { condition }]) => condition === 'service_completed_successfully')
        .map(([dependency]) => dependency);
      expect(program(check)['restart']).toBe('no');
      expect(environmentOf(check, { CACHE_MB: 'x' })).toEqual(environmentOf(name, { CACHE_MB: 'x' }));
    }
  });

  it('refers only to volumes and networks that it declares', () => {
    const used = Object.values(file.services).flatMap(({ volumes = [], networks }) => [
      ...volumes.map((volume) => volume.split(':')[0]),
      ...networks,
    ]);
    expect([...new Set(used)].sort()).toEqual([...Object.keys(file.volumes), ...Object.keys(file.networks)].sort());
  });
});

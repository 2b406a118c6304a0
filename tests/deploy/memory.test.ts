import { describe, expect, it } from 'vitest';
import { composeFile } from './composeFile.js';
import { readDeploy, SERVICES, yamlDocuments } from './files.js';
import { documentedNeeds } from './memory.js';
import { valuesOf } from './sandbox.js';
import { UNITS } from './units.js';

const needs = documentedNeeds();
/** MB. V8 uses about half of a container's memory for its heap. */
const LIMIT = 512;

describe('the memory limits of the deployment files', () => {
  it('leave room for what each program needs, according to the documentation', () => {
    expect(Object.keys(needs)).toEqual(['A service', 'The gateway', 'The whole graph']);
    for (const { idle, peak, heap } of Object.values(needs)) {
      expect(idle).toBeLessThan(peak);
      expect(peak).toBeLessThan(LIMIT);
      expect(heap).toBeLessThan(LIMIT / 2);
    }
  });

  it('are the same everywhere', () => {
    for (const service of Object.values(composeFile.services)) expect(service['mem_limit']).toBe(`${LIMIT}m`);
    for (const unit of UNITS) expect(valuesOf(unit, 'MemoryMax')).toEqual([[`${LIMIT}M`]]);
    for (const name of ['gateway', ...SERVICES])
      for (const [, limit] of readDeploy(`kubernetes/${name}.yaml`).matchAll(/limits: \{ memory: (\w+) \}/g))
        expect(limit).toBe(`${LIMIT}Mi`);
  });

  it('reserve what a program needs when it is idle', () => {
    for (const name of ['gateway', ...SERVICES]) {
      const [deployment] = yamlDocuments<{
        spec: { template: { spec: { containers: { resources: { requests: { memory: string } } }[] } } };
      }>(`kubernetes/${name}.yaml`);
      const requested = deployment?.spec.template.spec.containers[0]?.resources.requests.memory ?? '';

      expect(Number.parseInt(requested, 10)).toBeGreaterThanOrEqual(
        needs[name === 'gateway' ? 'The gateway' : 'A service']?.idle ?? Number.POSITIVE_INFINITY,
      );
    }
  });
});

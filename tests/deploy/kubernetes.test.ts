import { readdirSync } from 'node:fs';
import { Deployment } from 'kubernetes-models/apps/v1';
import { NetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1';
import { PodDisruptionBudget } from 'kubernetes-models/policy/v1';
import { Namespace, Secret, Service } from 'kubernetes-models/v1';
import { describe, expect, it } from 'vitest';
import { deployFile, PORT, SERVICES, yamlDocuments } from './files.js';
import { watched } from './unread.js';

interface Manifest {
  apiVersion: string;
  kind: string;
  metadata: { name: string; labels?: Record<string, string> };
  // biome-ignore lint/suspicious/noExplicitAny: the shape differs for every kind; the validator checks it
  spec: any;
}
type Kind = new () => { validate: () => void };

const KINDS: Record<string, Kind> = { Deployment, NetworkPolicy, PodDisruptionBudget, Namespace, Secret, Service };
const { resources } = yamlDocuments<{ resources: string[] }>('kubernetes/kustomization.yaml')[0] as {
  resources: string[];
};
const files = readdirSync(deployFile('kubernetes')).filter((name) => name !== 'kustomization.yaml');
const manifests = files.flatMap((name) => yamlDocuments<Manifest>(`kubernetes/${name}`));
const named = (kind: string, name: string): Manifest => {
  const found = manifests.find((manifest) => manifest.kind === kind && manifest.metadata.name === name);
  if (!found) throw new Error(`${kind} "${name}" not found.`);
  return found;
};

/** Errors reported by the schema of the API, and members that it does not define. */
function problemsOf(manifest: Manifest): string[] {
  const { kind } = manifest;
  const Model = KINDS[kind];
  if (!Model) return [`${kind}: of no kind that is known here`];
  const unread = new Set<string>();
  try {
    // Not in the constructor, which would read every member to copy it.
    Object.assign(new Model(), watched(manifest, kind, unread)).validate();
  } catch (error) {
    return [(error as Error).message];
  }
  return [...unread];
}

describe('the Kubernetes manifests', () => {
  it('conform to the API, including the name of each member', () => {
    expect(manifests.flatMap(problemsOf)).toEqual([]);
  });

  it('are rejected for a wrong value and for an unknown name', () => {
    const wrong = structuredClone(named('Deployment', 'dossier-trade'));
    wrong.spec.replicas = 'two';
    const misspelt = structuredClone(named('Deployment', 'dossier-trade'));
    misspelt.spec.template.spec.containers[0].readinesProbe = {};

    expect(problemsOf(wrong).join()).toContain('replicas');
    expect(problemsOf(misspelt)).toEqual(['Deployment.spec.template.spec.containers.0.readinesProbe']);
  });

  it('are all part of the base, except for the example Secret', () => {
    expect([...resources, 'secret.example.yaml'].sort()).toEqual(files.sort());
  });
});

describe.each(['gateway', ...SERVICES])('the deployment of %s', (name) => {
  const { spec } = named('Deployment', `dossier-${name}`);
  const pod = spec.template.spec;
  const [container] = pod.containers;

  it('has probes, resource limits and a security context, and stays available while nodes are drained', () => {
    expect(container.livenessProbe.httpGet).toEqual({ path: '/health?live', port: 'http' });
    expect(container.startupProbe.httpGet.path).toBe('/health?live');
    expect(container.readinessProbe.httpGet).toEqual({ path: '/health?ready', port: 'http' });
    for (const one of [container, ...(pod.initContainers ?? [])]) {
      expect(one.resources.limits.memory).toBeDefined();
      expect(one.securityContext).toEqual({
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ['ALL'] },
      });
    }
    expect(pod.securityContext.runAsNonRoot).toBe(true);
    expect(named('PodDisruptionBudget', `dossier-${name}`).spec.selector).toEqual(spec.selector);
    expect(named('Service', `dossier-${name}`).spec.selector).toEqual(spec.selector.matchLabels);
  });

  it('listens on the port that its service targets', () => {
    expect(container.ports).toEqual([{ name: 'http', containerPort: PORT }]);
    expect(named('Service', `dossier-${name}`).spec.ports).toEqual([{ name: 'http', port: PORT, targetPort: 'http' }]);
  });

  if (name === 'gateway') return;

  it('builds its store in a volume of the pod before it serves', () => {
    expect(pod.initContainers).toMatchObject([
      { image: container.image, command: ['node', 'program.js', 'seed'], volumeMounts: container.volumeMounts },
    ]);
    expect(container.volumeMounts.map(({ mountPath }: { mountPath: string }) => mountPath)).toEqual(['/data', '/tmp']);
  });
});

it('the network policies allow requests to subgraphs from the gateway only', () => {
  const { spec } = named('NetworkPolicy', 'dossier-subgraphs');
  const labelsOf = (name: string) => named('Deployment', name).spec.template.metadata.labels;

  for (const service of SERVICES) expect(labelsOf(`dossier-${service}`)).toMatchObject(spec.podSelector.matchLabels);
  expect(labelsOf('dossier-gateway')).toMatchObject(spec.ingress[0].from[0].podSelector.matchLabels);
  expect(spec.ingress).toHaveLength(1);
  expect(spec.egress).toBeUndefined();
});

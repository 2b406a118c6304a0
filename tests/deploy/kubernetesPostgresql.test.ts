import { readdirSync } from 'node:fs';
import { applyPatch } from 'rfc6902';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { deployFile, SERVICES, yamlDocuments } from './files.js';
import { type Manifest, problemsOf } from './manifests.js';

interface Kustomization {
  apiVersion: string;
  kind: string;
  namespace: string;
  resources: string[];
  patches?: { target: { kind: string; labelSelector?: string }; patch: string }[];
}

const kustomization = (folder: string) =>
  yamlDocuments<Kustomization>(`${folder}/kustomization.yaml`)[0] as Kustomization;
const overlay = kustomization('kubernetes-postgresql');

/** The manifests of the overlay. Only what it uses of Kustomize is carried out: resources, and JSON patches by kind and label. */
function build(): Manifest[] {
  const { apiVersion, kind, namespace, resources, patches = [], ...others } = overlay;
  expect([apiVersion, kind, namespace, others]).toEqual([
    'kustomize.config.k8s.io/v1beta1',
    'Kustomization',
    'dossier',
    {},
  ]);
  const manifests = resources.flatMap((resource) =>
    resource === '../kubernetes'
      ? kustomization('kubernetes').resources.flatMap((file) => yamlDocuments<Manifest>(`kubernetes/${file}`))
      : yamlDocuments<Manifest>(`kubernetes-postgresql/${resource}`),
  );
  for (const { target, patch, ...unknown } of patches) {
    expect(unknown).toEqual({});
    const [label = '', value] = target.labelSelector?.split('=') ?? [];
    const selected = manifests.filter(
      (manifest) =>
        manifest.kind === target.kind && (value === undefined || manifest.metadata.labels?.[label] === value),
    );
    expect(selected.length).toBeGreaterThan(0);
    for (const manifest of selected)
      expect(applyPatch(manifest, parse(patch)).filter((problem) => problem !== null)).toEqual([]);
  }
  return manifests;
}

const manifests = build();
const job = yamlDocuments<Manifest>('kubernetes-postgresql/publish.yaml')[0] as Manifest;
const named = (kind: string, name: string): Manifest => {
  const found = manifests.find((manifest) => manifest.kind === kind && manifest.metadata.name === name);
  if (!found) throw new Error(`${kind} "${name}" not found.`);
  return found;
};

describe('the Kubernetes overlay with PostgreSQL', () => {
  it('conforms to the API, including the name of each member', () => {
    expect([...manifests, job].flatMap(problemsOf)).toEqual([]);
  });

  it('has every file of its folder, except for the Job', () => {
    const files = readdirSync(deployFile('kubernetes-postgresql')).filter((name) => name !== 'kustomization.yaml');
    expect([...overlay.resources.slice(1), 'publish.yaml'].sort()).toEqual(files.sort());
  });

  it.each(SERVICES)('runs %s without a volume for its store, and with the URL of the reader', (name) => {
    const pod = named('Deployment', `dossier-${name}`).spec.template.spec;
    const [container] = pod.containers;
    const url = container.env.find((variable: { name: string }) => variable.name === 'STORE_URL');

    expect(pod.initContainers).toBeUndefined();
    expect(pod.volumes.map((volume: { name: string }) => volume.name)).toEqual(['tmp']);
    expect(container.volumeMounts).toEqual([{ name: 'tmp', mountPath: '/tmp' }]);
    expect(url.valueFrom.secretKeyRef).toEqual({ name: 'dossier-database', key: 'reader-url' });
  });

  it.each(['gateway', ...SERVICES])('scales %s by the delay of its event loop, over nodes and zones', (name) => {
    const deployment = named('Deployment', `dossier-${name}`);
    const { spec } = named('HorizontalPodAutoscaler', `dossier-${name}`);

    expect(deployment.spec.replicas).toBeUndefined();
    expect(spec.scaleTargetRef).toEqual({ apiVersion: 'apps/v1', kind: 'Deployment', name: `dossier-${name}` });
    expect(spec.minReplicas).toBe(2);
    expect(spec.metrics[0].pods.metric.name).toBe('dossier_nodejs_eventloop_lag_p99_seconds');
    expect(
      deployment.spec.template.spec.topologySpreadConstraints.map(
        ({ topologyKey }: { topologyKey: string }) => topologyKey,
      ),
    ).toEqual(['kubernetes.io/hostname', 'topology.kubernetes.io/zone']);
    expect(named('PodDisruptionBudget', `dossier-${name}`).spec.minAvailable).toBe(1);
  });

  it('lets services and the publisher connect to the database, and not the gateway', () => {
    const { podSelector, egress } = named('NetworkPolicy', 'dossier-database').spec;
    const [{ key, values }] = podSelector.matchExpressions;
    const componentOf = (manifest: Manifest) => manifest.spec.template.metadata.labels[key];

    expect(egress[0].ports).toEqual([{ protocol: 'TCP', port: 5432 }]);
    for (const name of SERVICES) expect(values).toContain(componentOf(named('Deployment', `dossier-${name}`)));
    expect(values).toContain(componentOf(job));
    expect(values).not.toContain(componentOf(named('Deployment', 'dossier-gateway')));
  });
});

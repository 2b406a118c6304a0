import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { workspaceRoot } from '@dossier/config';
import { describe, expect, it } from 'vitest';
import { deployFile, PORT, readDeploy, SERVICES, yamlDocuments } from './files.js';
import { type Manifest, problemsOf } from './manifests.js';

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
    expect(pod.securityContext).toMatchObject({ runAsNonRoot: true, runAsUser: 1000 });
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

describe('the namespace', () => {
  it('is named in every manifest, and in every command of the documentation that needs it', () => {
    for (const { kind, metadata } of manifests)
      if (kind !== 'Namespace')
        expect([kind, metadata.name, metadata.namespace]).toEqual([kind, metadata.name, 'dossier']);

    const operating = readFileSync(join(workspaceRoot(), 'docs/operating.md'), 'utf8');
    const texts = [operating, ...readdirSync(deployFile('kubernetes')).map((name) => readDeploy(`kubernetes/${name}`))];
    const commands = texts.flatMap((text) => [...text.matchAll(/kubectl (?:[^\n`]*)/g)].map(([command]) => command));
    expect(commands.length).toBeGreaterThan(4);
    // A manifest names its own.
    for (const command of commands)
      if (!/ apply /.test(command)) expect(command).toMatch(/^kubectl --namespace dossier /);
  });

  it('is created before the Secret, and the Secret before the rest', () => {
    expect(readFileSync(join(workspaceRoot(), 'docs/operating.md'), 'utf8')).toMatch(
      /apply -f deploy\/kubernetes\/namespace\.yaml\n.*create secret generic dossier .*\n.*apply -k /,
    );
  });
});

describe('the network policies', () => {
  const labelsOf = (name: string) => named('Deployment', `dossier-${name}`).spec.template.metadata.labels;
  const MONITORING = { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'monitoring' } } };

  it('allow requests to subgraphs from the gateway and from Prometheus only', () => {
    const { spec } = named('NetworkPolicy', 'dossier-subgraphs');
    const [gateway] = spec.ingress[0].from;

    for (const service of SERVICES) expect(labelsOf(service)).toMatchObject(spec.podSelector.matchLabels);
    expect(labelsOf('gateway')).toMatchObject(gateway.podSelector.matchLabels);
    expect(spec.ingress).toEqual([{ from: [gateway, MONITORING], ports: [{ protocol: 'TCP', port: PORT }] }]);
    expect(spec.egress).toBeUndefined();
  });

  it('allow the scrape that the annotations of each pod request', () => {
    for (const name of ['gateway', ...SERVICES]) {
      const { annotations } = named('Deployment', `dossier-${name}`).spec.template.metadata;
      const { spec } = named('NetworkPolicy', name === 'gateway' ? 'dossier-gateway' : 'dossier-subgraphs');
      const rule = spec.ingress.find(({ from }: { from?: unknown[] }) => !from || from.length === 2);

      expect(annotations['prometheus.io/scrape']).toBe('true');
      expect(rule.ports.map(({ port }: { port: number }) => String(port))).toContain(annotations['prometheus.io/port']);
    }
  });

  it('allow each pod to resolve names, and to send spans to a collector', () => {
    const { spec } = named('NetworkPolicy', 'dossier-traces');

    for (const name of ['gateway', ...SERVICES]) expect(labelsOf(name)).toMatchObject(spec.podSelector.matchLabels);
    expect(spec.egress).toEqual([
      { to: [MONITORING], ports: [{ protocol: 'TCP', port: 4318 }] },
      { ports: ['UDP', 'TCP'].map((protocol) => ({ protocol, port: 53 })) },
    ]);
  });
});

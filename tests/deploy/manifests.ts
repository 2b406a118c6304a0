import { Deployment } from 'kubernetes-models/apps/v1';
import { HorizontalPodAutoscaler } from 'kubernetes-models/autoscaling/v2';
import { Job } from 'kubernetes-models/batch/v1';
import { NetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1';
import { PodDisruptionBudget } from 'kubernetes-models/policy/v1';
import { Namespace, Secret, Service } from 'kubernetes-models/v1';
import { recordUnread } from './unread.js';

export interface Manifest {
  apiVersion: string;
  kind: string;
  metadata: { name: string; namespace?: string; labels?: Record<string, string> };
  // biome-ignore lint/suspicious/noExplicitAny: the shape differs for every kind; the validator checks it
  spec: any;
}
type Kind = new () => { validate: () => void };

const KINDS: Record<string, Kind> = {
  ...{ Deployment, HorizontalPodAutoscaler, Job, NetworkPolicy, PodDisruptionBudget, Namespace, Secret, Service },
};

/** Errors reported by the schema of the API, and members that it does not define. */
export function problemsOf(manifest: Manifest): string[] {
  const { kind } = manifest;
  const Model = KINDS[kind];
  if (!Model) return [`${kind}: unknown kind`];
  const unread = new Set<string>();
  try {
    // Not in the constructor, which would read every member to copy it.
    Object.assign(new Model(), recordUnread(manifest, kind, unread)).validate();
  } catch (error) {
    return [(error as Error).message];
  }
  return [...unread];
}

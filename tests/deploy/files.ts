import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { workspaceRoot } from '@dossier/config';
import { parseAllDocuments } from 'yaml';

export const deployFile = (name: string): string => join(workspaceRoot(), 'deploy', name);
export const readDeploy = (name: string): string => readFileSync(deployFile(name), 'utf8');

/** The documents of a YAML file. Throws if it is not valid YAML or has duplicate keys. */
export const yamlDocuments = <T>(name: string): T[] =>
  parseAllDocuments(readDeploy(name), { merge: true, uniqueKeys: true }).map((document) => {
    if (document.errors.length > 0)
      throw new Error(`${name}: ${document.errors.map(({ message }) => message).join('\n')}`);
    return document.toJS() as T;
  });

export const SERVICES = ['actors', 'statements', 'sanctions', 'trade'];
/** Where every program listens in a container. */
export const PORT = 4000;

import { yamlDocuments } from './files.js';

export interface ComposeService {
  environment?: Record<string, string | null>;
  env_file?: { path: string; required: boolean }[];
  command?: string[];
  ports?: string[];
  volumes?: string[];
  networks: string[];
  depends_on?: Record<string, { condition: string; required?: boolean }>;
  [name: string]: unknown;
}

export interface ComposeFile {
  services: Record<string, ComposeService>;
  volumes: Record<string, null>;
  networks: Record<string, { internal?: boolean } | null>;
}

export const composeFile = yamlDocuments<ComposeFile>('compose.yaml')[0] as ComposeFile;

export function composeService(name: string): ComposeService {
  const found = composeFile.services[name];
  if (!found) throw new Error(`There is no service "${name}".`);
  return found;
}

/** `${NAME}`, `${NAME-default}` and `${NAME:-default}`, as Compose replaces them. */
const interpolate = (text: string, variables: Record<string, string>): string =>
  text.replace(/\$\{(\w+)(?:(:?-)([^}]*))?\}/g, (_, name: string, operator?: string, fallback = '') => {
    const value = new Map(Object.entries(variables)).get(name);
    return value === undefined || (value === '' && operator === ':-') ? fallback : value;
  });

/**
 * The environment that Compose gives to a container, without that of the image: the files of `env_file`, then `environment`.
 *
 * @param dotEnv The variables of the file .env next to the Compose file; null if there is no such file. No variable is set in the
 *   shell, so that a variable of `environment` without a value is not set.
 */
export function environmentOf(name: string, dotEnv: Record<string, string> | null): Record<string, string> {
  const { environment = {}, env_file: files = [] } = composeService(name);
  const fromFiles = files.map(({ path, required }) => {
    if (path !== '.env' || (required && dotEnv === null)) throw new Error(`${name}: there is no file ${path}.`);
    return dotEnv ?? {};
  });
  const own = Object.entries(environment).flatMap(([variable, value]) =>
    value === null ? [] : [[variable, interpolate(value, dotEnv ?? {})]],
  );
  return Object.assign({}, ...fromFiles, Object.fromEntries(own));
}

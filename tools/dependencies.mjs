import { execFileSync } from 'node:child_process';
import { readFileSync, realpathSync } from 'node:fs';
import { join, relative } from 'node:path';

/** The workspace that depends on all that runs: every service, and the pages. */
const PROGRAM = 'gateway';
/** The tree holds a whole package.json wherever a package is depended on. */
const MAX_OUTPUT = 256 * 1024 * 1024;

/**
 * A package of others that a running Dossier is made of.
 * @typedef {object} Dependency
 * @property {string} name
 * @property {string} version
 * @property {string | null} licence SPDX expression; null if the package states none
 * @property {string | null} repository an https URL; null if the package states none
 * @property {string} folder
 */

/**
 * The packages that the gateway, its services and its pages depend on, directly or not, as they are installed: what npm
 * counts as production dependencies, ordered by name and version, each once.
 * @param {string} root
 * @returns {Dependency[]}
 */
export function productionDependencies(root) {
  const output = execFileSync('npm', ['ls', '--json', '--long', '--all', '--omit=dev', `--workspace=${PROGRAM}`], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: MAX_OUTPUT,
  });
  const folders = new Set();
  const visit = ({ dependencies = {} }) => {
    for (const dependency of Object.values(dependencies)) {
      // An optional one that is not installed has no path.
      if (dependency.path) folders.add(dependency.path);
      visit(dependency);
    }
  };
  visit(JSON.parse(output));
  const foreign = [...folders].filter((folder) => isForeign(root, folder)).map(describe);
  const unique = new Map(foreign.map((dependency) => [`${dependency.name}@${dependency.version}`, dependency]));
  return [...unique.values()].sort(
    (one, other) => compare(one.name, other.name) || compare(one.version, other.version),
  );
}

const compare = (one, other) => (one < other ? -1 : Number(one > other));

/** Whether a package is installed rather than a workspace, to which npm links. */
const isForeign = (root, folder) =>
  relative(realpathSync(root), realpathSync(folder)).split(/[\\/]/).includes('node_modules');

/** npm may have read the lockfile instead, which has neither repositories nor old forms of licences. */
function describe(folder) {
  const { name, version, license, licenses, repository } = JSON.parse(
    readFileSync(join(folder, 'package.json'), 'utf8'),
  );
  return {
    name,
    version,
    licence: licenceOf(license ?? licenses),
    repository: repositoryOf(typeof repository === 'object' ? repository?.url : repository),
    folder,
  };
}

/** The SPDX expression of `license`, or of the deprecated forms of it: an object, or a list of alternatives. */
function licenceOf(stated) {
  if (Array.isArray(stated)) return stated.map(licenceOf).filter(Boolean).join(' OR ') || null;
  return (typeof stated === 'object' ? stated?.type : stated) || null;
}

/** The https URL of any of the forms that package.json allows. */
function repositoryOf(stated) {
  if (!stated) return null;
  const [, owner] = /^(?:github:)?([\w.-]+\/[\w.-]+)$/.exec(stated) ?? [];
  if (owner) return `https://github.com/${owner}`;
  const [, place] =
    /^(?:git\+)?(?:https?|git|ssh|git\+ssh):\/\/(?:\w+@)?(.+?)(?:\.git)?(?:#.*)?$/.exec(stated) ??
    /^git@(.+?)(?:\.git)?$/.exec(stated) ??
    [];
  return place ? `https://${place.replace(/^([\w.-]+):(?!\d)/, '$1/')}` : null;
}

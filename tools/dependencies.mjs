import { execFileSync } from 'node:child_process';
import { readFileSync, realpathSync } from 'node:fs';
import { join, relative } from 'node:path';

/** The workspace that depends on every service and on the pages. */
const PROGRAM = 'gateway';
/** Bytes. The output of npm repeats the package.json of a dependency for each dependent. */
const MAX_OUTPUT = 256 * 1024 * 1024;

/**
 * A third-party package that a running Dossier depends on.
 * @typedef {object} Dependency
 * @property {string} name
 * @property {string} version
 * @property {string | null} licence SPDX expression; null if the package states none
 * @property {string | null} repository an https URL; null if the package states none
 * @property {string} folder
 */

/**
 * The installed production dependencies, direct and transitive, of the gateway, its services and its pages; unique, and sorted
 * by name and version.
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
      // An optional dependency that is not installed has no path.
      if (dependency.path) folders.add(dependency.path);
      visit(dependency);
    }
  };
  visit(JSON.parse(output));
  const thirdParty = [...folders].filter((folder) => isThirdParty(root, folder)).map(describe);
  const unique = new Map(thirdParty.map((dependency) => [`${dependency.name}@${dependency.version}`, dependency]));
  return [...unique.values()].sort(
    (one, other) => compare(one.name, other.name) || compare(one.version, other.version),
  );
}

const compare = (one, other) => (one < other ? -1 : Number(one > other));

/** Whether a package is installed in node_modules; the others are workspaces, to which npm links. */
const isThirdParty = (root, folder) =>
  relative(realpathSync(root), realpathSync(folder)).split(/[\\/]/).includes('node_modules');

/** Reads package.json, since npm may take its data from the lockfile, which has no repositories and no deprecated licence fields. */
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

/** The SPDX expression of a `license` field, or of its deprecated forms: an object, or a list of alternatives. */
function licenceOf(stated) {
  if (Array.isArray(stated)) return stated.map(licenceOf).filter(Boolean).join(' OR ') || null;
  return (typeof stated === 'object' ? stated?.type : stated) || null;
}

/** The https URL of a `repository` field, in any form that package.json allows. */
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

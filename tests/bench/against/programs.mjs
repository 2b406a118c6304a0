import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { join, resolve } from 'node:path';

const SERVICES = ['actors', 'statements', 'sanctions', 'trade'];

/**
 * The programs of a build, as files: those that its npm scripts run, or else those at the known paths. Throws if
 * one does not exist.
 *
 * @param {string} root Of a checkout that is installed and built.
 */
export function programsOf(root) {
  const inRoot = (script, known) => find(root, root, script, known);
  const inPackage = (name, known) => find(root, packageFolder(root, name), 'start', known);
  return {
    embedded: inRoot('start', 'gateway/dist/embeddedMain.js'),
    seed: inRoot('seed', 'gateway/dist/seedCli.js'),
    gateway: inPackage('gateway', 'gateway/dist/main.js'),
    services: Object.fromEntries(SERVICES.map((name) => [name, inPackage(name, `services/${name}/dist/main.js`)])),
  };
}

function find(root, folder, script, known) {
  const candidates = [folder && fileOf(folder, script), join(root, known)].filter((file) => file !== null);
  const found = candidates.find((file) => existsSync(file));
  if (found === undefined)
    throw new Error(
      `The program ${known} does not exist, and the npm script "${script}" names no other. It is needed to run the build.`,
    );
  return found;
}

/** Where a package of the workspace is, whatever the name of its folder; null if no package has this name. */
function packageFolder(root, name) {
  const link = join(root, 'node_modules/@dossier', name);
  return existsSync(link) ? realpathSync(link) : null;
}

/** The last JavaScript file that an npm script names; the commands before it build or seed. */
function fileOf(folder, script) {
  const { scripts = {} } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const [, file] = [...(scripts[script] ?? '').matchAll(/(?<=\s)([^\s-]\S*\.[cm]?js)\b/g)].at(-1) ?? [];
  return file === undefined ? null : resolve(folder, file);
}

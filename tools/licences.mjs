import satisfies from 'spdx-satisfies';

/** Licences that any package may have: they ask for their notice to be kept, and for little else. */
const PERMISSIVE = [
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC0-1.0',
  'ISC',
  'MIT',
  'PSF-2.0',
  'Python-2.0',
  'Unlicense',
];

/** It forbids offering the software to others as a service, so that each package under it is a decision of its own. */
export const ELASTIC = 'Elastic-2.0';
const ELASTIC_PACKAGES = [
  '@apollo/composition',
  '@apollo/federation-internals',
  '@apollo/gateway',
  '@apollo/query-graphs',
  '@apollo/query-planner',
];

/**
 * Why a package may not be depended on; null if it may.
 * @param {import('./dependencies.mjs').Dependency} dependency
 */
export function licenceProblem({ name, version, licence }) {
  const which = `${name} ${version}`;
  if (licence === null) return `${which} states no licence.`;
  if (licence === ELASTIC && ELASTIC_PACKAGES.includes(name)) return null;
  try {
    if (satisfies(licence, PERMISSIVE)) return null;
  } catch {
    return `${which}: "${licence}" is not an SPDX expression.`;
  }
  return `${which} is under ${licence}; expected one of ${PERMISSIVE.join(', ')}.`;
}

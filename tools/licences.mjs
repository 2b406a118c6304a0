import satisfies from 'spdx-satisfies';

/** Permissive licences, which any dependency may have. They require little more than keeping their notice. */
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

/** Forbids offering the software to others as a service, so each package under it is listed and decided on separately. */
export const ELASTIC = 'Elastic-2.0';
const ELASTIC_PACKAGES = [
  '@apollo/composition',
  '@apollo/federation-internals',
  '@apollo/gateway',
  '@apollo/query-graphs',
  '@apollo/query-planner',
];

/**
 * The reason why a dependency is not allowed; null if it is.
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

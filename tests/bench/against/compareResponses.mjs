/**
 * @typedef {{ is: 'same bytes' | 'same data' } | { is: 'different', at: string } | { is: 'failed', build: 'this' | 'other', text: string }} Comparison
 */

/**
 * Compares the responses of two builds to the same requests. `different` names the first field that differs; `failed` is a
 * response with errors, or not a GraphQL response.
 *
 * @param {readonly { this: string, other: string }[]} responses Bodies.
 * @returns {Comparison}
 */
export function compareResponses(responses) {
  /** @type {Comparison} */
  let worst = { is: 'same bytes' };
  for (const texts of responses) {
    const compared = compareOne(texts);
    if (compared.is === 'failed') return compared;
    if (worst.is === 'same bytes' || (worst.is === 'same data' && compared.is === 'different')) worst = compared;
  }
  return worst;
}

function compareOne(texts) {
  const data = {};
  for (const build of ['this', 'other']) {
    data[build] = dataOf(texts[build]);
    if (data[build] === null) return { is: 'failed', build, text: texts[build] };
  }
  if (texts.this === texts.other) return { is: 'same bytes' };
  const at = firstDifference(data.this, data.other, 'data');
  return at === null ? { is: 'same data' } : { is: 'different', at };
}

/** Null if the response has errors or no data. */
function dataOf(text) {
  try {
    const { data = null, errors } = JSON.parse(text);
    return errors ? null : data;
  } catch {
    return null;
  }
}

/** The path of the first value that differs, whatever the order of an object's fields; null if none does. */
function firstDifference(a, b, path) {
  if (
    typeof a !== 'object' ||
    typeof b !== 'object' ||
    a === null ||
    b === null ||
    Array.isArray(a) !== Array.isArray(b)
  )
    return a === b ? null : path;
  for (const key of new Set([...Object.keys(a), ...Object.keys(b)])) {
    const difference = firstDifference(a[key], b[key], Array.isArray(a) ? `${path}[${key}]` : `${path}.${key}`);
    if (difference !== null) return difference;
  }
  return null;
}

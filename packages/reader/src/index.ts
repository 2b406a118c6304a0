// What other pages of the workspace reuse, as source: their own build compiles and bundles it.
export { clearResults } from './graph/useQuery.js';
export { escapeInvisible } from './parts/escapeInvisible.js';
export { Loading } from './parts/Loading.js';
export { SafeText } from './parts/SafeText.js';
export { Legend } from './views/document/Legend.js';
export type { Mark } from './views/document/marks.js';
export { Paragraphs, type ShownParagraph } from './views/document/Paragraphs.js';
export { positionInText } from './views/document/textPositions.js';
export { OneStatement } from './views/said/OneStatement.js';

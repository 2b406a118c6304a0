export { ERROR_STATUS } from './errors.js';
export { type AnnotateOptions, type Preview, PreviewError, type RunningAnnotate, startAnnotate } from './server.js';

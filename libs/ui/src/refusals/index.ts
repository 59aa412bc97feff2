export { ErrorMessage } from './error-message';
export { failureOf, isRefused } from './failure';
export type { Failure } from './failure';
export { sentenceFor } from './refusal-sentence';

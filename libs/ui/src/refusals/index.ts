export { ErrorMessage } from './error-message';
export { failureOf, isRefused, passesByItself, secondsAskedFor } from './failure';
export type { Failure } from './failure';
export { Unreachable } from './unreachable';
export { sentenceFor } from './refusal-sentence';

export { CannotWrite } from './cannot-write';
export { followWriting } from './follow-writing';
export { WORDS_FOR_NOT_WRITTEN, injectWhyNotWritten } from './why-not-written';
export { Writes } from './writes';
export { Writing } from './writing';

export { CurrentWriteRefusal } from './current-write-refusal';
export { followWriteRefusal } from './follow-write-refusal';
export { WriteRefusalLine } from './write-refusal-line';
export { WRITE_REFUSAL_WORDS, injectWriteRefusalSentence } from './write-refusal-sentence';
export { Writes } from './writes';

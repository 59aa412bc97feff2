export { keptJson } from './kept-json';
export type { KeptJson } from './kept-json';
export { rememberedText } from './remembered-text';
export type { RememberedText } from './remembered-text';

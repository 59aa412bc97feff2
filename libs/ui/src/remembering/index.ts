export { rememberedText } from './remembered-text';
export type { RememberedText } from './remembered-text';

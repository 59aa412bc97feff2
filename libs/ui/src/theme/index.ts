export { ColorScheme, colorSchemes, provideColorScheme } from './color-scheme';
export type { ColorSchemeName } from './color-scheme';
export { ColorSchemeMenu } from './color-scheme-menu';

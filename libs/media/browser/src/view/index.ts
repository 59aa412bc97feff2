export type { ViewFigures } from './figures';
export * from './screen-view';

export type { ChooseRefusal, ChooseResult, Surface } from './choose-screen';
export { displayModes, encodings } from './display-modes';
export type { DisplayMode, Encoding } from './display-modes';
export * from './screen-share';

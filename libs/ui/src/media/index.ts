export { AudioDeviceMenu } from './audio-device-menu';
export type { ChoosableDevices } from './audio-device-menu';
export { LevelMeter } from './level-meter';
export { ShareBar } from './share-bar';

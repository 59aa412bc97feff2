export type { AudioDevice, AudioDevices, DeviceKind, DeviceStore } from './audio-devices';
export * from './device-test';
export type { Playback, Voice } from './hearing';
export type { MicrophoneRefusal } from './microphone';
export * from './talk';

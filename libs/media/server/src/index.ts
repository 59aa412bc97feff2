export { ConfiguredLiveKit } from './configured-livekit';
export { LiveKitServer } from './livekit/livekit-server';
export type { LiveKitConnection, LiveKitServerOptions } from './livekit/livekit-server';
export type { LiveKitOrigin } from './livekit-origin';
export { MediaFailure, mediaEventTypes } from './media-server';
export type {
  MediaEvent,
  MediaEventType,
  MediaFailureCode,
  MediaParticipant,
  MediaServer,
  MediaTrack,
  TokenHolder,
  TokenRequest,
} from './media-server';
export { MediaPlant } from './media-plant';
export { PlantFailure } from './plant-state';
export type { MediaPlantState, PlantFailureCode, PreparationStep, Progress } from './plant-state';
export { mediaAddress } from './process/media-address';
export type { MediaAddress } from './process/media-address';
export { OwnLiveKit } from './process/own-livekit';
export type { WebhookAnswer } from './process/webhook-listener';
export { userCacheDir } from './provision/cache';
export { namedLiveKit, provideLiveKit } from './provision/provide-livekit';
export type { ProvidedLiveKit, Search } from './provision/source';

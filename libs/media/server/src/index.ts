export { MediaFailure, mediaEventTypes } from './media-server';
export type {
  MediaEvent,
  MediaEventType,
  MediaFailureCode,
  MediaParticipant,
  MediaServer,
  MediaTrack,
  TokenRequest,
} from './media-server';

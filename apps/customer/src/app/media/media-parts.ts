import type { MediaConnection, MediaSeat, ScreenShare, Talk, permissionHelp } from '@deskside/media/browser';
import { rememberedText } from '@deskside/ui';

/** Everything of one person in one window that carries picture and voice. */
export interface MediaParts {
  readonly connection: MediaConnection;
  readonly share: ScreenShare;
  readonly talk: Talk;
  readonly seat: MediaSeat;
  readonly library: MediaLibrary;
}

export interface MediaLibrary {
  readonly permissionHelp: typeof permissionHelp;
  readonly MediaRefused: typeof import('@deskside/media/browser').MediaRefused;
  readonly DeviceTest: typeof import('@deskside/media/browser').DeviceTest;
  readonly deviceAbilities: typeof import('@deskside/media/browser').deviceAbilities;
  readonly signallingUrl: typeof import('@deskside/media/browser').signallingUrl;
}

/** Loaded after the chat is there: nobody waits for it to read or write. */
export async function loadMediaParts(participantId: string): Promise<MediaParts> {
  const library = await import('@deskside/media/browser');
  const connection = new library.MediaConnection();
  return {
    connection,
    share: new library.ScreenShare(connection),
    talk: new library.Talk(connection, { store: deviceStore }),
    seat: new library.MediaSeat(participantId),
    library,
  };
}

/** Which microphone and loudspeaker this person likes, kept by the browser. */
export const deviceStore = {
  get: (key: string): string | null => rememberedText(key).read(),
  set: (key: string, value: string): void => rememberedText(key).write(value),
};

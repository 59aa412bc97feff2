import { ServerError } from 'livekit-server-sdk';
import { MediaFailure } from '../media-server';

/** What the SDK threw, in the port's words. Whatever is no answer of the server means that it is not there. */
export function failureOf(error: unknown): MediaFailure {
  if (error instanceof MediaFailure) return error;
  const cause = { cause: error };
  if (!(error instanceof ServerError) || error.status >= 500)
    return new MediaFailure('MEDIA_UNAVAILABLE', 'The media server does not answer.', cause);
  if (error.status === 404) return new MediaFailure('MEDIA_NOT_FOUND', 'The media server knows nobody there.', cause);
  return new MediaFailure('MEDIA_REFUSED', `The media server refuses this (${error.status}).`, cause);
}

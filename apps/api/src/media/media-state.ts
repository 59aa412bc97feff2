import type { MediaPlantState } from '@deskside/media/server';
import type { MediaState } from '../graphql/generated/staff';
import { Mailbox } from '../live-feed/mailbox';

interface Told {
  readonly state: MediaPlantState;
  onChange(listener: (state: MediaPlantState) => void): () => void;
}

/** How far the media server is: at once, and after each change. */
export function mediaStates(media: Told): AsyncIterableIterator<MediaState> {
  const states = new Mailbox<MediaState>(() => stop());
  const stop = media.onChange((state) => states.push(described(state)));
  states.push(described(media.state));
  return states;
}

const steps = {
  searching: 'looking',
  building: 'building',
  downloading: 'downloading',
  starting: 'starting',
  connecting: 'starting',
} as const;

export function described(state: MediaPlantState): MediaState {
  const { status } = state;
  const nothing = { step: null, fraction: null, reason: null };
  if (status === 'preparing') return { ...nothing, status, step: steps[state.step], fraction: state.fraction };
  if (status === 'failed') return { ...nothing, status, reason: state.sentence };
  return { ...nothing, status };
}

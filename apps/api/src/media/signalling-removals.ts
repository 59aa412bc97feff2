import type { EventHub } from '../live-feed/event-hub';
import type { LiveEvent } from '../live-feed/live-event';
import type { MediaAdmission } from './media-admission';
import { barring, ending, leaving, sessionOf } from './removal-events';
import type { SignallingPlaces } from './signalling-places';

interface Parts {
  readonly hub: Pick<EventHub, 'onType'>;
  readonly places: SignallingPlaces;
  readonly mediaAdmission: Pick<MediaAdmission, 'admit'>;
  /** Puts out of a room whoever must not be there, also those whom the media server does not show yet. */
  readonly look: (room: string) => void;
}

/** Ends the ways in of everybody who has no part in a session any more, whichever node wrote the event. @returns ends it */
export function followRemovals({ hub, places, mediaAdmission, look }: Parts): () => void {
  const left = ({ recorded, envelope }: LiveEvent): void => {
    const { participantId } = envelope.payload as { participantId: string };
    for (const place of places.in(sessionOf(recorded))) if (place.identity === participantId) places.turnOut(place);
  };
  const ended = ({ recorded }: LiveEvent): void => {
    for (const place of places.in(sessionOf(recorded))) places.turnOut(place);
  };
  const barred = async ({ recorded }: LiveEvent): Promise<void> => {
    for (const place of places.ofAccount(recorded.stream.replace(/^representative-/, ''))) {
      // Whoever has lost another role serves on. Without an answer they go: they are asked again when they come back.
      const admitted = await mediaAdmission.admit(place.room, place.identity).catch(() => null);
      if (admitted?.ok) continue;
      places.turnOut(place);
      look(place.room);
    }
  };
  const stops = [
    ...leaving.map((type) => hub.onType(type, left)),
    hub.onType(ending, ended),
    ...barring.map((type) => hub.onType(type, (event) => void barred(event))),
  ];
  return () => stops.forEach((stop) => stop());
}

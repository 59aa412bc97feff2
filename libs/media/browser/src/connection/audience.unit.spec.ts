import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Room } from 'livekit-client';
import { ConnectionState, RoomEvent } from 'livekit-client';
import { Audience } from './audience';

/** What the audience sees of a room. */
class RoomSeen {
  readonly #listeners = new Map<RoomEvent, () => void>();
  state = ConnectionState.Connecting;
  readonly told: unknown[] = [];
  readonly remoteParticipants = new Map([['he', {}]]);
  readonly localParticipant = {
    trackPublications: new Map(),
    setTrackSubscriptionPermissions: (isOpen: boolean) => this.told.push(isOpen),
  };

  on(event: RoomEvent, listener: () => void): this {
    this.#listeners.set(event, listener);
    return this;
  }

  emit(event: RoomEvent): void {
    this.#listeners.get(event)?.();
  }

  becomes(state: ConnectionState, event: RoomEvent): void {
    this.state = state;
    this.emit(event);
  }
}

let room: RoomSeen;
let audience: Audience;
beforeEach(() => {
  room = new RoomSeen();
  audience = new Audience(room as unknown as Room);
});

describe('who may receive', () => {
  it('is told once there is a connection, and not before', () => {
    audience.restrictTo(['she']);
    expect(room.told).toEqual([]);
    room.becomes(ConnectionState.Connected, RoomEvent.Connected);
    expect(room.told).toEqual([false]);
  });

  it('is everybody again after a connection that came while nobody could be told', () => {
    room.becomes(ConnectionState.Connected, RoomEvent.Connected);
    audience.restrictTo(['she']);
    room.state = ConnectionState.Connecting;
    audience.open();
    expect(room.told).toEqual([false]);
    room.becomes(ConnectionState.Connected, RoomEvent.Connected);
    room.becomes(ConnectionState.Connected, RoomEvent.Reconnected);
    expect(room.told).toEqual([false, true]);
  });

  it('is not spoken of as long as nothing is shown', () => {
    room.becomes(ConnectionState.Connected, RoomEvent.Connected);
    audience.open();
    room.emit(RoomEvent.ParticipantConnected);
    expect(room.told).toEqual([]);
  });
});

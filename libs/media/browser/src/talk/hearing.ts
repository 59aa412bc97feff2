import type { Participant, RemoteAudioTrack, RemoteTrack, Room } from 'livekit-client';
import { RoomEvent, Track } from 'livekit-client';
import { BehaviorSubject } from 'rxjs';
import type { Current } from '../current';
import { meterValue, voiceThreshold } from './level';

/** Somebody else with a microphone in the room. */
export interface Voice {
  readonly identity: string;
  /** A meter's value 0..1, ten times a second. */
  readonly level: number;
  /** Now, or within the last half second: words have gaps. */
  readonly speaking: boolean;
  readonly muted: boolean;
}

/** `blocked`: the browser plays nothing without a press of the user. */
export type Playback = 'silent' | 'playing' | 'blocked';

const lookEveryMs = 100;
const gapBetweenWordsMs = 500;

/** The others' voices: played while hearing is on, measured always. */
export class Hearing {
  readonly #room: Room;
  readonly #voices = new BehaviorSubject<readonly Voice[]>([]);
  readonly #playback = new BehaviorSubject<Playback>('silent');
  readonly voices: Current<readonly Voice[]> = this.#voices;
  readonly playback: Current<Playback> = this.#playback;
  readonly #timer: ReturnType<typeof setInterval>;
  readonly #loudAt = new Map<string, number>();
  #on = false;

  constructor(room: Room) {
    this.#room = room;
    room
      .on(RoomEvent.TrackSubscribed, this.#play)
      .on(RoomEvent.TrackUnsubscribed, this.#silence)
      .on(RoomEvent.AudioPlaybackStatusChanged, this.#tell);
    this.#timer = setInterval(() => void this.#measure(), lookEveryMs);
  }

  /** In a press of the user, because the browser may want one. */
  async start(): Promise<void> {
    this.#on = true;
    for (const track of this.#tracks()) this.#play(track);
    await this.#room.startAudio().catch(() => undefined);
    this.#tell();
  }

  stop(): void {
    this.#on = false;
    for (const track of this.#tracks()) this.#silence(track);
    this.#tell();
  }

  close(): void {
    clearInterval(this.#timer);
    this.stop();
    this.#room
      .off(RoomEvent.TrackSubscribed, this.#play)
      .off(RoomEvent.TrackUnsubscribed, this.#silence)
      .off(RoomEvent.AudioPlaybackStatusChanged, this.#tell);
  }

  readonly #play = (track: RemoteTrack): void => {
    if (this.#on && track.kind === Track.Kind.Audio && track.attachedElements.length === 0) track.attach();
  };

  readonly #silence = (track: RemoteTrack): void => {
    if (track.kind === Track.Kind.Audio) for (const element of track.detach()) element.remove();
  };

  readonly #tell = (): void => {
    const now: Playback = !this.#on ? 'silent' : this.#room.canPlaybackAudio ? 'playing' : 'blocked';
    if (now !== this.#playback.value) this.#playback.next(now);
  };

  #tracks(): RemoteTrack[] {
    return [...this.#room.remoteParticipants.values()]
      .flatMap((participant) => [...participant.audioTrackPublications.values()])
      .map(({ track }) => track)
      .filter((track) => track !== undefined);
  }

  async #measure(): Promise<void> {
    const speakers = [...this.#room.remoteParticipants.values()].filter((one) => microphoneOf(one) !== undefined);
    if (speakers.length === 0 && this.#voices.value.length === 0) return;
    this.#voices.next(await Promise.all(speakers.map((speaker) => this.#voiceOf(speaker))));
  }

  async #voiceOf(participant: Participant): Promise<Voice> {
    const { identity } = participant;
    const publication = microphoneOf(participant);
    const muted = publication?.isMuted ?? true;
    const level = muted ? 0 : await levelOf(publication?.track as RemoteAudioTrack | undefined);
    const now = performance.now();
    if (level > voiceThreshold) this.#loudAt.set(identity, now);
    const speaking = !muted && now - (this.#loudAt.get(identity) ?? Number.NEGATIVE_INFINITY) < gapBetweenWordsMs;
    return { identity, level, speaking, muted };
  }
}

function microphoneOf(participant: Participant): ReturnType<Participant['getTrackPublication']> {
  return participant.getTrackPublication(Track.Source.Microphone);
}

async function levelOf(track: RemoteAudioTrack | undefined): Promise<number> {
  const stats = await track?.receiver?.getStats().catch(() => undefined);
  const inbound = [...(stats?.values() ?? [])].find(({ type }) => type === 'inbound-rtp') as
    { audioLevel?: number } | undefined;
  return meterValue(inbound?.audioLevel ?? 0);
}

import { accept, refuse, unreachable } from '../decider';
import type { Command, Decision, Recorded } from '../decider';
import { isInSession } from '../session-state';
import type { AudioPlace, KnownSession, SessionFacts } from '../session-state';
import type { AudioEvent } from './audio-events';

export type AudioCommand =
  | Command<'JoinAudio', { readonly participantId: string; readonly muted: boolean }>
  | Command<'LeaveAudio' | 'MuteAudio' | 'UnmuteAudio', { readonly participantId: string }>;

export function evolveAudio<Facts extends SessionFacts>(facts: Facts, event: Recorded<AudioEvent>): Facts {
  const { participantId } = event.payload;
  if (event.type === 'AudioLeft') return withoutAudio(facts, participantId);
  const place: AudioPlace = {
    muted: event.type === 'AudioMuted',
    joinedAt: facts.audio[participantId]?.joinedAt ?? event.occurredAt,
  };
  return { ...facts, audio: { ...facts.audio, [participantId]: place } };
}

export function withoutAudio<Facts extends SessionFacts>(facts: Facts, participantId: string): Facts {
  if (facts.audio[participantId] === undefined) return facts;
  return { ...facts, audio: Object.fromEntries(Object.entries(facts.audio).filter(([id]) => id !== participantId)) };
}

export function decideAudio(command: AudioCommand, session: KnownSession): Decision<AudioEvent> {
  if (session.status === 'ended') return refuse('SESSION_ENDED');
  const { participantId } = command.payload;
  if (!isInSession(session.participants[participantId])) return refuse('NOT_A_PARTICIPANT');
  const place = session.audio[participantId];
  switch (command.type) {
    case 'JoinAudio':
      return join(command.payload, place);
    case 'LeaveAudio':
      return place === undefined ? accept() : fact('AudioLeft', participantId);
    case 'MuteAudio':
    case 'UnmuteAudio':
      return mute(command.type === 'MuteAudio', participantId, place);
    default:
      return unreachable(command);
  }
}

function mute(muted: boolean, participantId: string, place: AudioPlace | undefined): Decision<AudioEvent> {
  if (place === undefined) return refuse('AUDIO_NOT_JOINED');
  return place.muted === muted ? accept() : fact(muted ? 'AudioMuted' : 'AudioUnmuted', participantId);
}

function join(
  { participantId, muted }: Extract<AudioCommand, { type: 'JoinAudio' }>['payload'],
  place: AudioPlace | undefined,
): Decision<AudioEvent> {
  if (place !== undefined) return accept();
  const joined: AudioEvent = { type: 'AudioJoined', payload: { participantId } };
  return muted ? accept<AudioEvent>(joined, { type: 'AudioMuted', payload: { participantId } }) : accept(joined);
}

function fact(type: AudioEvent['type'], participantId: string): Decision<AudioEvent> {
  return accept({ type, payload: { participantId } });
}

import { describe, expect, it } from '@jest/globals';
import { fold } from '../decider';
import { supportSession } from '../support-session';
import type { SupportSessionEvent } from '../support-session';
import { given, recorded } from '../test-support/given-when-then';
import { about, ana, csr, ended, stranger, withAna } from '../test-support/session-story';

const { participantId } = ana;
const talking: readonly SupportSessionEvent[] = [...withAna, about('AudioJoined', ana)];

describe('audio', () => {
  it('is joined by an own act, muted where wanted', () => {
    given(supportSession, ...withAna)
      .when({ type: 'JoinAudio', payload: { participantId, muted: false } })
      .then(about('AudioJoined', ana));
    given(supportSession, ...withAna)
      .when({ type: 'JoinAudio', payload: { participantId, muted: true } })
      .then(about('AudioJoined', ana), about('AudioMuted', ana));
  });

  it('is joined once', () => {
    given(supportSession, ...talking)
      .when({ type: 'JoinAudio', payload: { participantId, muted: true } })
      .thenNothing();
  });

  it('is left, muted and opened again', () => {
    given(supportSession, ...talking)
      .when({ type: 'LeaveAudio', payload: { participantId } })
      .then(about('AudioLeft', ana));
    given(supportSession, ...talking)
      .when({ type: 'MuteAudio', payload: { participantId } })
      .then(about('AudioMuted', ana));
    given(supportSession, ...talking, about('AudioMuted', ana))
      .when({ type: 'UnmuteAudio', payload: { participantId } })
      .then(about('AudioUnmuted', ana));
  });

  it('says nothing that is so already', () => {
    given(supportSession, ...withAna)
      .when({ type: 'LeaveAudio', payload: { participantId } })
      .thenNothing();
    given(supportSession, ...talking)
      .when({ type: 'UnmuteAudio', payload: { participantId } })
      .thenNothing();
  });

  it('cannot be muted by whoever has not joined it', () => {
    given(supportSession, ...withAna)
      .when({ type: 'MuteAudio', payload: { participantId } })
      .thenRefused('AUDIO_NOT_JOINED');
  });

  it('is for participants of an open session', () => {
    given(supportSession, ...withAna)
      .when({ type: 'JoinAudio', payload: { participantId: stranger.participantId, muted: false } })
      .thenRefused('NOT_A_PARTICIPANT');
    given(supportSession, ...talking, ended)
      .when({ type: 'UnmuteAudio', payload: { participantId } })
      .thenRefused('SESSION_ENDED');
  });

  it('ends with the leaving of its participant, for him alone', () => {
    const events = [...talking, about('AudioJoined', csr), about('ParticipantLeft', ana)] as SupportSessionEvent[];
    const session = fold(
      supportSession,
      events.map((event, n) => recorded(event, n)),
    );
    expect(session.status === 'absent' ? null : Object.keys(session.audio)).toEqual([csr.participantId]);
  });

  it('stays joined, and muted, through a lost connection', () => {
    const events: SupportSessionEvent[] = [
      ...talking,
      about('AudioMuted', ana) as SupportSessionEvent,
      about('ParticipantDisconnected', ana) as SupportSessionEvent,
      about('ParticipantReturned', ana) as SupportSessionEvent,
    ];
    const session = fold(
      supportSession,
      events.map((event, n) => recorded(event, n)),
    );
    expect(session.status === 'absent' ? null : session.audio[participantId]?.muted).toBe(true);
  });
});

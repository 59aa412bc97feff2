import { describe, expect, it } from '@jest/globals';
import { attentionKindOf } from './attention-kind';

function kind(type: string, payload: object): string | null {
  const event = { type, payload, revision: 1, occurredAt: '', actor: { kind: 'customer', id: 'c' } };
  return attentionKindOf(event, 'me');
}

describe('what calls a representative', () => {
  it('is a customer who joined, not a colleague', () => {
    expect(kind('ParticipantJoined', { role: 'secondaryCustomer' })).toBe('joined');
    expect(kind('ParticipantJoined', { role: 'assistingRepresentative' })).toBeNull();
  });

  it('is a message of somebody else', () => {
    expect(kind('ChatMessageSent', { authorId: 'other' })).toBe('message');
    expect(kind('ChatMessageSent', { authorId: 'me' })).toBeNull();
  });

  it('is somebody at the door, and a connection lost', () => {
    expect(kind('JoinRequested', {})).toBe('asks');
    expect(kind('ParticipantDisconnected', { participantId: 'other' })).toBe('away');
    expect(kind('ParticipantDisconnected', { participantId: 'me' })).toBeNull();
  });

  it('is an answer to a request, and the end of a share by somebody else', () => {
    for (const type of ['PermissionGranted', 'PermissionDenied', 'PermissionTimedOut', 'PermissionNothingChosen'])
      expect(kind(type, { requestId: 'r' })).toBe('answer');
    expect(kind('PermissionRevoked', { by: 'other' })).toBe('stopped');
    expect(kind('PermissionEnded', { by: null })).toBe('stopped');
    expect(kind('PermissionEnded', { by: 'me' })).toBeNull();
  });

  it('is a mail that did not go out for good, and a report of fraud', () => {
    expect(kind('InvitationFailed', { retryAt: null })).toBe('notSent');
    expect(kind('InvitationFailed', { retryAt: '2026-11-20T12:00:00.000Z' })).toBeNull();
    expect(kind('SessionReported', { via: 'participant' })).toBe('reported');
  });

  it('is nothing else', () => {
    expect(kind('ChatMessageTakenBack', { authorId: 'other' })).toBeNull();
    expect(kind('SomethingNewer', {})).toBeNull();
  });
});

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

  it('is nothing else', () => {
    expect(kind('ChatMessageTakenBack', { authorId: 'other' })).toBeNull();
    expect(kind('SomethingNewer', {})).toBeNull();
  });
});

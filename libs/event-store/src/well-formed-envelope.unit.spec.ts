import { describe, expect, it } from '@jest/globals';
import { SealedStream } from './contract';
import { wellFormedEnvelope } from './well-formed-envelope';

const id = '00000000-0000-4000-8000-000000000001';
const line = { messageId: id, authorId: id, to: 'all', text: { erased: true } };
const stored = (payload: unknown = line): { readonly type: string; readonly body: string } =>
  new SealedStream('queue-1').seal({ payload });

describe('what an event says', () => {
  it('is what its bytes hold', () => {
    expect(wellFormedEnvelope(stored())).toMatchObject({ type: 'ChatMessageSent', payload: line });
    const unknown = new SealedStream('queue-1').seal({ type: 'OfANewerVersion', payload: {} });
    expect(wellFormedEnvelope(unknown)).toMatchObject({ type: 'OfANewerVersion', payload: {} });
  });

  it.each([
    ['are no event any more', { ...stored(), body: stored().body.slice(0, 40) }],
    ['are one of another form', stored({ ...line, authorId: undefined })],
    ['are one of another type than the log has it under', { ...stored(), type: 'ChatMessageTakenBack' }],
  ])('is nothing when its bytes %s', (_, damaged) => expect(wellFormedEnvelope(damaged)).toBeNull());
});

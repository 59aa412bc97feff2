import { describe, expect, it } from '@jest/globals';
import { fold, supportSession } from '@deskside/domain';
import { recorded } from '@deskside/ui';
import { stageState } from './stage-state';

const expiresAt = '2026-11-20T12:30:00.000Z';
const started = {
  type: 'SessionStarted',
  payload: { direction: 'outbound', number: '482913057', numberExpiresAt: expiresAt, representativeId: 'r' },
};
const joined = (participantId: string, role: string): object => ({
  type: 'ParticipantJoined',
  payload: { participantId, role, personId: `person of ${participantId}`, name: participantId },
});
const about = (type: string, participantId: string): object => ({ type, payload: { participantId } });
const me = joined('me', 'primaryRepresentative');
const ana = joined('ana', 'primaryCustomer');

function stage(...events: object[]): ReturnType<typeof stageState> {
  const actor = { kind: 'system', id: 's' };
  const numbered = events.map((event, revision) =>
    recorded({
      ...(event as { type: string; payload: object }),
      revision,
      occurredAt: `2026-11-20T12:00:0${revision}.000Z`,
      actor,
    }),
  );
  return stageState(fold(supportSession, numbered));
}

describe('what the stage says', () => {
  it('is nothing yet before the first event', () => {
    expect(stage()).toEqual({ kind: 'loading' });
  });

  it('is the number while nobody has come', () => {
    expect(stage(started, me)).toEqual({ kind: 'inviting', expiresAt });
  });

  it('is who is here', () => {
    expect(stage(started, me, ana)).toMatchObject({ kind: 'present', customers: [{ id: 'ana' }] });
  });

  it('names only those who are present while another is away', () => {
    const state = stage(started, me, ana, joined('bo', 'secondaryCustomer'), about('ParticipantDisconnected', 'ana'));
    expect(state).toMatchObject({ kind: 'present', customers: [{ id: 'bo' }] });
  });

  it('is since when everybody is away', () => {
    const state = stage(started, me, ana, about('ParticipantDisconnected', 'ana'));
    expect(state).toMatchObject({ kind: 'away', since: '2026-11-20T12:00:03.000Z' });
  });

  it('is that one is alone once all have left', () => {
    expect(stage(started, me, ana, about('ParticipantLeft', 'ana'))).toEqual({ kind: 'alone' });
  });

  it('is the end', () => {
    const ended = { type: 'SessionEnded', payload: { reason: 'numberLapsed', by: null } };
    expect(stage(started, me, ended)).toEqual({ kind: 'ended' });
  });
});

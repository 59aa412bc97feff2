import { describe, expect, test } from '@jest/globals';
import type { Recorded, SupportSession, SupportSessionEvent } from '@deskside/domain';
import { supportSession } from '@deskside/domain';
import { othersHere, representativesIn, stageOf } from './stage';

const at = '2026-11-20T09:00:00.000Z';
type Written = { readonly type: string; readonly payload: object };

function sessionOf(...events: Written[]): SupportSession {
  return events
    .map(
      (event, revision) =>
        ({ ...event, revision, occurredAt: at, actor: { kind: 'system', id: 's' } }) as Recorded<SupportSessionEvent>,
    )
    .reduce(supportSession.evolve, supportSession.initialState());
}

const joined = (participantId: string, role: string): Written => ({
  type: 'ParticipantJoined',
  payload: { participantId, role, personId: participantId, name: participantId },
});
const about = (type: string, participantId: string): Written => ({ type, payload: { participantId } });
const asked: Written = { type: 'JoinRequested', payload: { participantId: 'bo', customerId: 'c', name: 'Bo' } };
const ended: Written = { type: 'SessionEnded', payload: { reason: 'endedByRepresentative', by: 'rep' } };
const rep = joined('rep', 'primaryRepresentative');
const ana = joined('ana', 'primaryCustomer');
const bo = joined('bo', 'secondaryCustomer');

describe('what a customer is shown', () => {
  test.each([
    ['nothing is known yet', [], 'ana', 'loading'],
    ['only others are known yet', [rep], 'ana', 'loading'],
    ['one is in', [rep, ana], 'ana', 'session'],
    ['one lost the connection', [rep, ana, about('ParticipantDisconnected', 'ana')], 'ana', 'session'],
    ['one asks to come in', [asked], 'bo', 'waiting'],
    ['one was let in', [rep, ana, asked, about('JoinAdmitted', 'bo'), bo], 'bo', 'session'],
    ['one was refused', [asked, about('JoinRefused', 'bo')], 'bo', 'refused'],
    ['one stopped waiting', [asked, about('JoinWithdrawn', 'bo')], 'bo', 'withdrawn'],
    ['one left', [rep, ana, about('ParticipantLeft', 'ana')], 'ana', 'left'],
    ['one left before the end', [rep, ana, about('ParticipantLeft', 'ana'), ended], 'ana', 'left'],
    ['one was removed', [rep, bo, about('ParticipantRemoved', 'bo')], 'bo', 'removed'],
    ['it ended', [rep, ana, ended], 'ana', 'ended'],
    ['it ended while one waited', [asked, ended], 'bo', 'ended'],
  ] as const)('when %s', (_, events, me, stage) => {
    expect(stageOf(sessionOf(...events), me).at).toBe(stage);
  });

  test('names the primary representative first, and everybody else who is here', () => {
    const session = sessionOf(
      ana,
      joined('helper', 'assistingRepresentative'),
      rep,
      bo,
      about('ParticipantLeft', 'bo'),
    );
    if (session.status === 'absent') throw new Error('unexpected');
    expect(representativesIn(session).map((p) => p.id)).toEqual(['rep', 'helper']);
    expect(othersHere(session, 'ana').map((p) => p.id)).toEqual(['helper']);
  });
});

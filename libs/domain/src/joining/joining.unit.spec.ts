import { describe, expect, it } from '@jest/globals';
import { fold } from '../decider';
import type { SupportSessionCommand, SupportSessionEvent } from '../support-session';
import { supportSession } from '../support-session';
import { at, given, id, recorded, sealed } from '../test-support/given-when-then';
import {
  about,
  ana,
  asked,
  ben,
  chen,
  colleague,
  csr,
  ended,
  joined,
  lapsesAt,
  started,
  stranger,
  withAna,
  withAnaAndBen,
} from '../test-support/session-story';
import type { Person } from '../test-support/session-story';
import { waitingLimit } from './joining';

type Intention<Type extends SupportSessionCommand['type']> = {
  type: Type;
  payload: (SupportSessionCommand & { type: Type })['payload'];
};

const join = ({ participantId, personId, name }: Person): Intention<'JoinByNumber'> => ({
  type: 'JoinByNumber',
  payload: { participantId, customerId: personId, name },
});

describe('JoinByNumber', () => {
  it('lets the first person in as the primary customer', () => {
    given(supportSession, ...started)
      .when(join(ana))
      .then(joined(ana, 'primaryCustomer'));
  });

  it('makes a second person wait', () => {
    given(supportSession, ...withAna)
      .when(join(ben))
      .then(asked(ben));
  });

  it('makes everybody wait once a primary customer has been there, gone or not', () => {
    given(supportSession, ...withAna, about('ParticipantLeft', ana))
      .when(join(ben))
      .then(asked(ben));
  });

  it('makes somebody who was removed wait when he comes with a new place', () => {
    const again = { ...ana, participantId: id(33) };
    given(supportSession, ...withAna, about('ParticipantRemoved', ana))
      .when(join(again))
      .then(asked(again));
  });

  it('refuses an unused number at the very instant it lapses', () => {
    given(supportSession, ...started)
      .when({ ...join(ana), now: lapsesAt })
      .thenRefused('SESSION_NUMBER_UNKNOWN');
  });

  it('lets in a millisecond before that', () => {
    given(supportSession, ...started)
      .when({ ...join(ana), now: new Date(Date.parse(lapsesAt) - 1).toISOString() })
      .then(joined(ana, 'primaryCustomer'));
  });

  it('lets people ask for as long as a session with a customer lasts', () => {
    given(supportSession, ...withAna)
      .when({ ...join(ben), now: at(86_400) })
      .then(asked(ben));
  });

  it('refuses one more than anybody could look at', () => {
    const crowd = Array.from({ length: waitingLimit }, (_, n) => asked({ ...ben, participantId: id(200 + n) }));
    given(supportSession, ...withAna, ...crowd)
      .when(join(chen))
      .thenRefused('TOO_MANY_WAITING');
  });

  it('does not count those who were answered or went away', () => {
    const crowd = Array.from({ length: waitingLimit }, (_, n) => asked({ ...ben, participantId: id(200 + n) }));
    const answered = { type: 'JoinRefused', payload: { participantId: id(200) } } as const;
    given(supportSession, ...withAna, ...crowd, answered)
      .when(join(chen))
      .then(asked(chen));
  });

  it('stays quiet for somebody who is in', () => {
    given(supportSession, ...withAna)
      .when(join(ana))
      .thenNothing();
  });

  it('stays quiet for somebody who waits', () => {
    given(supportSession, ...withAna, asked(ben))
      .when(join(ben))
      .thenNothing();
  });

  it('refuses the place of somebody who was removed', () => {
    given(supportSession, ...withAna, about('ParticipantRemoved', ana))
      .when(join(ana))
      .thenRefused('NOT_A_PARTICIPANT');
  });

  it('refuses again who was refused', () => {
    given(supportSession, ...withAna, asked(ben), about('JoinRefused', ben))
      .when(join(ben))
      .thenRefused('JOIN_REFUSED');
  });

  it('refuses the request of somebody who went away before the answer', () => {
    given(supportSession, ...withAna, asked(ben), about('JoinWithdrawn', ben))
      .when(join(ben))
      .thenRefused('JOIN_REQUEST_NOT_WAITING');
  });

  it('refuses a session that was never started', () => {
    given(supportSession).when(join(ana)).thenRefused('SESSION_NOT_FOUND');
  });
});

describe('AdmitToSession', () => {
  const admit = (who = ben, by = csr): Intention<'AdmitToSession'> => ({
    type: 'AdmitToSession',
    payload: { participantId: who.participantId, by: by.participantId },
  });

  it('lets the waiting person in as a secondary customer', () => {
    given(supportSession, ...withAna, asked(ben))
      .when(admit())
      .then(about('JoinAdmitted', ben), joined(ben, 'secondaryCustomer'));
  });

  it('lets whoever comes back after leaving in as the one to be helped', () => {
    given(supportSession, ...withAna, about('ParticipantLeft', ana), asked(ben))
      .when(admit())
      .then(about('JoinAdmitted', ben), joined(ben, 'primaryCustomer'));
  });

  it('lets him in under the name that he gave', () => {
    const name = sealed(`customer-${ben.personId}`, 'identity', 'another-name');
    given(supportSession, ...withAna, asked({ ...ben, name }))
      .when(admit())
      .then(about('JoinAdmitted', ben), joined({ ...ben, name }, 'secondaryCustomer'));
  });

  it('is an assisting representative\u2019s too', () => {
    given(supportSession, ...withAna, joined(colleague, 'assistingRepresentative'), asked(ben))
      .when(admit(ben, colleague))
      .then(about('JoinAdmitted', ben), joined(ben, 'secondaryCustomer'));
  });

  it('refuses a customer who wants to admit', () => {
    given(supportSession, ...withAna, asked(ben))
      .when(admit(ben, ana))
      .thenRefused('NOT_A_PARTICIPANT');
  });

  it('refuses somebody who would admit himself', () => {
    given(supportSession, ...withAna, asked(ben))
      .when(admit(ben, ben))
      .thenRefused('NOT_A_PARTICIPANT');
  });

  it('refuses a second admission', () => {
    given(supportSession, ...withAnaAndBen)
      .when(admit())
      .thenRefused('JOIN_REQUEST_NOT_WAITING');
  });

  it.each(['JoinRefused', 'JoinWithdrawn'] as const)('refuses after %s', (answer) => {
    given(supportSession, ...withAna, asked(ben), about(answer, ben))
      .when(admit())
      .thenRefused('JOIN_REQUEST_NOT_WAITING');
  });

  it('refuses somebody who never asked', () => {
    given(supportSession, ...withAna)
      .when(admit(stranger))
      .thenRefused('JOIN_REQUEST_NOT_WAITING');
  });
});

describe('RefuseAdmission', () => {
  const turnAway = (who = ben, by = csr): Intention<'RefuseAdmission'> => ({
    type: 'RefuseAdmission',
    payload: { participantId: who.participantId, by: by.participantId },
  });

  it('turns the waiting person away', () => {
    given(supportSession, ...withAna, asked(ben))
      .when(turnAway())
      .then(about('JoinRefused', ben));
  });

  it('refuses a customer who wants to turn away', () => {
    given(supportSession, ...withAna, asked(ben))
      .when(turnAway(ben, ana))
      .thenRefused('NOT_A_PARTICIPANT');
  });

  it('refuses somebody who is in already', () => {
    given(supportSession, ...withAnaAndBen)
      .when(turnAway())
      .thenRefused('JOIN_REQUEST_NOT_WAITING');
  });

  it('refuses a second "no"', () => {
    given(supportSession, ...withAna, asked(ben), about('JoinRefused', ben))
      .when(turnAway())
      .thenRefused('JOIN_REQUEST_NOT_WAITING');
  });
});

describe('WithdrawJoinRequest', () => {
  const withdraw = ({ participantId } = ben): Intention<'WithdrawJoinRequest'> => ({
    type: 'WithdrawJoinRequest',
    payload: { participantId },
  });

  it('takes the request back', () => {
    given(supportSession, ...withAna, asked(ben))
      .when(withdraw())
      .then(about('JoinWithdrawn', ben));
  });

  it('refuses after the answer', () => {
    given(supportSession, ...withAnaAndBen)
      .when(withdraw())
      .thenRefused('JOIN_REQUEST_NOT_WAITING');
  });

  it('refuses a second time', () => {
    given(supportSession, ...withAna, asked(ben), about('JoinWithdrawn', ben))
      .when(withdraw())
      .thenRefused('JOIN_REQUEST_NOT_WAITING');
  });

  it('refuses who never asked', () => {
    given(supportSession, ...withAna)
      .when(withdraw(stranger))
      .thenRefused('JOIN_REQUEST_NOT_WAITING');
  });
});

describe('LeaveSession', () => {
  const leave = ({ participantId }: Person): Intention<'LeaveSession'> => ({
    type: 'LeaveSession',
    payload: { participantId },
  });

  it('lets a customer go', () => {
    given(supportSession, ...withAna)
      .when(leave(ana))
      .then(about('ParticipantLeft', ana));
  });

  it('lets somebody go whose connection is lost', () => {
    given(supportSession, ...withAna, about('ParticipantDisconnected', ana))
      .when(leave(ana))
      .then(about('ParticipantLeft', ana));
  });

  it('lets a representative go while another one serves', () => {
    given(supportSession, ...withAna, joined(colleague, 'assistingRepresentative'))
      .when(leave(csr))
      .then(about('ParticipantLeft', csr));
  });

  it('ends the session when the last representative goes', () => {
    given(supportSession, ...withAna)
      .when(leave(csr))
      .then(ended);
  });

  it('ends it when the only other representative has gone before', () => {
    given(supportSession, ...withAna, joined(colleague, 'assistingRepresentative'), about('ParticipantLeft', colleague))
      .when(leave(csr))
      .then(ended);
  });

  it.each(['ParticipantLeft', 'ParticipantRemoved'] as const)('refuses after %s', (gone) => {
    given(supportSession, ...withAna, about(gone, ana))
      .when(leave(ana))
      .thenRefused('NOT_A_PARTICIPANT');
  });

  it('refuses somebody who still waits', () => {
    given(supportSession, ...withAna, asked(ben))
      .when(leave(ben))
      .thenRefused('NOT_A_PARTICIPANT');
  });
});

describe('RemoveParticipant', () => {
  const remove = (who: Person, by = csr): Intention<'RemoveParticipant'> => ({
    type: 'RemoveParticipant',
    payload: { participantId: who.participantId, by: by.participantId },
  });

  it.each([
    ['the primary customer', ana],
    ['a secondary customer', ben],
  ])('sends %s out', (_, who) => {
    given(supportSession, ...withAnaAndBen)
      .when(remove(who))
      .then(about('ParticipantRemoved', who));
  });

  it('refuses a customer who wants to send another one out', () => {
    given(supportSession, ...withAnaAndBen)
      .when(remove(ben, ana))
      .thenRefused('NOT_A_PARTICIPANT');
  });

  it('refuses to send a representative out', () => {
    given(supportSession, ...withAna, joined(colleague, 'assistingRepresentative'))
      .when(remove(colleague))
      .thenRefused('PARTICIPANT_NOT_FOUND');
  });

  it('refuses a representative who would remove himself', () => {
    given(supportSession, ...withAna)
      .when(remove(csr))
      .thenRefused('PARTICIPANT_NOT_FOUND');
  });

  it('refuses somebody who has gone', () => {
    given(supportSession, ...withAna, about('ParticipantLeft', ana))
      .when(remove(ana))
      .thenRefused('PARTICIPANT_NOT_FOUND');
  });

  it('refuses somebody who still waits', () => {
    given(supportSession, ...withAna, asked(ben))
      .when(remove(ben))
      .thenRefused('PARTICIPANT_NOT_FOUND');
  });
});

describe('the fold of joining', () => {
  const state = (...events: SupportSessionEvent[]): unknown =>
    fold(
      supportSession,
      events.map((event, n) => recorded(event, n)),
    );

  it('moves an admitted person from waiting to the participants', () => {
    expect(state(...withAnaAndBen)).toMatchObject({
      waiting: {},
      participants: {
        [ben.participantId]: {
          id: ben.participantId,
          role: 'secondaryCustomer',
          personId: ben.personId,
          name: ben.name,
          presence: 'present',
          joinedAt: at(5),
          presenceSince: at(5),
          joinedRevision: 5,
          leftRevision: null,
        },
      },
    });
    expect(Object.keys((state(...withAnaAndBen) as { waiting: object }).waiting)).toEqual([]);
  });

  it.each([
    ['JoinRefused', 'refused'],
    ['JoinWithdrawn', 'withdrawn'],
  ] as const)('remembers %s', (type, answer) => {
    expect(state(...withAna, asked(ben), about(type, ben))).toMatchObject({
      waiting: { [ben.participantId]: { customerId: ben.personId, name: ben.name, since: at(3), answer } },
    });
  });

  it.each([
    ['ParticipantLeft', 'left'],
    ['ParticipantRemoved', 'removed'],
  ] as const)('remembers %s and its revision', (type, presence) => {
    expect(state(...withAna, about(type, ana))).toMatchObject({
      participants: { [ana.participantId]: { presence, presenceSince: at(3), leftRevision: 3 } },
    });
  });

  it.each(['JoinRefused', 'JoinWithdrawn', 'ParticipantLeft', 'ParticipantRemoved'] as const)(
    'lets %s of somebody whom the viewer does not know pass',
    (type) => {
      expect(state(...started, about(type, stranger))).toEqual(state(...started));
    },
  );
});

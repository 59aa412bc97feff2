import { describe, expect, it } from '@jest/globals';
import { fold } from '../decider';
import { participantOf, viewerIn } from '../session-state';
import { at, given, id, recorded, sealed, theSystem } from '../test-support/given-when-then';
import {
  about,
  ana,
  asked,
  ben,
  colleague,
  csr,
  ended,
  joined,
  lapsesAt,
  line,
  sessionSubject,
  started,
  stranger,
  withAna,
  withAnaAndBen,
} from '../test-support/session-story';
import { supportSession } from './support-session';
import type { SupportSessionCommand, SupportSessionEvent } from './support-session';

const start = {
  type: 'StartOutboundSession',
  payload: {
    number: '482913057',
    numberExpiresAt: lapsesAt,
    representative: { participantId: csr.participantId, id: csr.personId, name: csr.name },
  },
} as const;

describe('StartOutboundSession', () => {
  it('opens the session with its representative in it', () => {
    given(supportSession)
      .when(start)
      .then(...started);
  });

  it('keeps subject and ticket with the start', () => {
    const subject = sealed(sessionSubject, 'content', 'printer');
    const ticket = sealed(sessionSubject, 'content', 'INC-1');
    given(supportSession)
      .when({ ...start, payload: { ...start.payload, subject, ticket } })
      .then(
        {
          type: 'SessionStarted',
          payload: {
            direction: 'outbound',
            number: '482913057',
            numberExpiresAt: lapsesAt,
            representativeId: csr.personId,
            subject,
            ticket,
          },
        },
        joined(csr, 'primaryRepresentative'),
      );
  });

  it('refuses a second start of an open session', () => {
    given(supportSession, ...started)
      .when(start)
      .thenRefused('COMMAND_ID_REUSED');
  });

  it('refuses to start an ended session again', () => {
    given(supportSession, ...started, ended)
      .when(start)
      .thenRefused('COMMAND_ID_REUSED');
  });
});

describe('EndSession', () => {
  const end = (by = csr): SupportSessionCommand & { type: 'EndSession' } => ({
    type: 'EndSession',
    payload: { by: by.participantId },
    now: at(60),
    actor: theSystem,
  });

  it('ends it for all', () => {
    given(supportSession, ...withAna)
      .when(end())
      .then(ended);
  });

  it('ends it before any customer has come', () => {
    given(supportSession, ...started)
      .when(end())
      .then(ended);
  });

  it('lets an assisting representative end it', () => {
    given(supportSession, ...started, joined(colleague, 'assistingRepresentative'))
      .when(end(colleague))
      .then({ type: 'SessionEnded', payload: { reason: 'endedByRepresentative', by: colleague.participantId } });
  });

  it('lets a representative whose connection is lost end it', () => {
    given(supportSession, ...withAna, about('ParticipantDisconnected', csr))
      .when(end())
      .then(ended);
  });

  it('refuses a customer', () => {
    given(supportSession, ...withAna)
      .when(end(ana))
      .thenRefused('NOT_A_PARTICIPANT');
  });

  it('refuses a representative who has left', () => {
    given(supportSession, ...started, joined(colleague, 'assistingRepresentative'), about('ParticipantLeft', colleague))
      .when(end(colleague))
      .thenRefused('NOT_A_PARTICIPANT');
  });

  it('refuses somebody whose id is a word of the language', () => {
    for (const by of ['constructor', '__proto__', 'toString', ''])
      given(supportSession, ...started)
        .when({ type: 'EndSession', payload: { by } })
        .thenRefused('NOT_A_PARTICIPANT');
  });

  it('refuses a session that was never started', () => {
    given(supportSession).when(end()).thenRefused('SESSION_NOT_FOUND');
  });

  it('refuses a session that is over', () => {
    given(supportSession, ...withAna, ended)
      .when(end())
      .thenRefused('SESSION_ENDED');
  });
});

describe('EndUnusedSession', () => {
  const lapse = (now: string): SupportSessionCommand & { type: 'EndUnusedSession' } => ({
    type: 'EndUnusedSession',
    payload: {},
    now,
    actor: theSystem,
  });
  const lapsed: SupportSessionEvent = { type: 'SessionEnded', payload: { reason: 'numberLapsed', by: null } };

  it('ends a session to which nobody came, at the very instant its number lapses', () => {
    given(supportSession, ...started)
      .when(lapse(lapsesAt))
      .then(lapsed);
  });

  it('stays quiet a millisecond earlier', () => {
    const before = new Date(Date.parse(lapsesAt) - 1).toISOString();
    given(supportSession, ...started)
      .when(lapse(before))
      .thenNothing();
  });

  it('stays quiet when a customer has come', () => {
    given(supportSession, ...withAna)
      .when(lapse(at(7200)))
      .thenNothing();
  });

  it('stays quiet when the customer has come and gone again', () => {
    given(supportSession, ...withAna, about('ParticipantLeft', ana))
      .when(lapse(at(7200)))
      .thenNothing();
  });

  it('stays quiet when the session is over', () => {
    given(supportSession, ...started, ended)
      .when(lapse(lapsesAt))
      .thenNothing();
  });

  it('refuses a session that was never started', () => {
    given(supportSession).when(lapse(lapsesAt)).thenRefused('SESSION_NOT_FOUND');
  });
});

describe('a session that is over', () => {
  const { participantId } = ana;
  const by = csr.participantId;
  const payloads = {
    JoinByNumber: { participantId: id(77), customerId: id(177), name: ana.name },
    AdmitToSession: { participantId: ben.participantId, by },
    RefuseAdmission: { participantId: ben.participantId, by },
    WithdrawJoinRequest: { participantId: ben.participantId },
    LeaveSession: { participantId },
    RemoveParticipant: { participantId, by },
    NoteDisconnected: { participantId },
    NoteReturned: { participantId },
    SendChatMessage: line(2, ana).payload,
    TakeBackChatMessage: { messageId: line(1, ana).payload.messageId, authorId: participantId },
    EndSession: { by },
  };
  it.each(Object.entries(payloads))('refuses %s', (type, payload) => {
    given(supportSession, ...withAna, asked(ben), line(1, ana), ended)
      .when({ type, payload } as SupportSessionCommand)
      .thenRefused('SESSION_ENDED');
  });

  it('refuses the last representative who wants to leave', () => {
    given(supportSession, ...withAna, ended)
      .when({ type: 'LeaveSession', payload: { participantId: by } })
      .thenRefused('SESSION_ENDED');
  });
});

describe('the fold of a session', () => {
  const state = (...events: SupportSessionEvent[]): ReturnType<typeof supportSession.initialState> =>
    fold(
      supportSession,
      events.map((event, n) => recorded(event, n)),
    );

  it('knows what was said at the start, and when', () => {
    expect(state(...started)).toMatchObject({
      status: 'open',
      number: '482913057',
      numberExpiresAt: lapsesAt,
      representativeId: csr.personId,
      subject: null,
      ticket: null,
      startedAt: at(0),
    });
  });

  it('knows who ended it, when and why', () => {
    expect(state(...started, ended)).toMatchObject({
      status: 'ended',
      endedAt: at(2),
      endReason: 'endedByRepresentative',
      endedBy: csr.participantId,
    });
  });

  it('is begun by whatever its viewer may see first', () => {
    expect(state(joined(ben, 'secondaryCustomer'))).toMatchObject({ status: 'open', number: null, startedAt: at(0) });
  });

  it('is not begun by an event of a newer version', () => {
    const unknown = { type: 'DrawingMade', payload: {} } as unknown as SupportSessionEvent;
    expect(state(unknown)).toEqual({ status: 'absent' });
    expect(state(...started, unknown)).toEqual(state(...started));
  });

  it('finds a person by account or customer while he is in', () => {
    expect(participantOf(state(...withAna), ana.personId)?.id).toBe(ana.participantId);
    expect(participantOf(state(...withAna, about('ParticipantLeft', ana)), ana.personId)).toBeUndefined();
    expect(participantOf({ status: 'absent' }, ana.personId)).toBeUndefined();
  });

  it('knows as whom each looks: in, gone, waiting, nobody', () => {
    const session = state(...withAnaAndBen, about('ParticipantRemoved', ana), asked(stranger));
    const viewer = (n: string): unknown => viewerIn(session, n);
    const kind = 'participant';
    expect(viewer(ana.participantId)).toEqual({
      kind,
      participantId: ana.participantId,
      role: 'primaryCustomer',
      joinedRevision: 2,
      leftRevision: 6,
    });
    expect(viewer(ben.participantId)).toMatchObject({
      role: 'secondaryCustomer',
      joinedRevision: 5,
      leftRevision: null,
    });
    expect(viewer(stranger.participantId)).toEqual({
      kind,
      participantId: stranger.participantId,
      role: null,
      joinedRevision: null,
      leftRevision: null,
    });
    expect(viewer(id(99))).toBeUndefined();
    expect(viewerIn({ status: 'absent' }, ana.participantId)).toBeUndefined();
  });
});

import { describe, expect, it } from '@jest/globals';
import { fold } from '../decider';
import { UnsealedText } from '../personal-data';
import type { SupportSessionEvent } from '../support-session';
import { supportSession } from '../support-session';
import { at, given, id, recorded, sealed } from '../test-support/given-when-then';
import {
  about,
  ana,
  asked,
  ben,
  chen,
  csr,
  ended,
  line,
  sessionSubject,
  stranger,
  takenBack,
  withAna,
  withAnaAndBen,
} from '../test-support/session-story';
import type { Person } from '../test-support/session-story';
import type { ChatCommand } from './chat';

type Intention = { [C in ChatCommand as C['type']]: Pick<C, 'type' | 'payload'> };

const send = (...of: Parameters<typeof line>): Intention['SendChatMessage'] => ({
  type: 'SendChatMessage',
  payload: line(...of).payload,
});

describe('SendChatMessage', () => {
  it('says a line to all', () => {
    given(supportSession, ...withAna)
      .when(send(1, ana))
      .then(line(1, ana));
  });

  it('says a line to one participant alone', () => {
    given(supportSession, ...withAnaAndBen)
      .when(send(1, csr, ben))
      .then(line(1, csr, ben));
  });

  it('lets customers talk to each other alone', () => {
    given(supportSession, ...withAnaAndBen)
      .when(send(1, ana, ben))
      .then(line(1, ana, ben));
  });

  it('takes a line from and to somebody whose connection is lost', () => {
    given(supportSession, ...withAna, about('ParticipantDisconnected', csr), about('ParticipantDisconnected', ana))
      .when(send(1, csr, ana))
      .then(line(1, csr, ana));
  });

  it('hands the text on as it is, before it is sealed too', () => {
    const text = new UnsealedText('hello', { subject: sessionSubject, class: 'content', ownKey: true });
    const payload = { ...line(1, ana).payload, text };
    given(supportSession, ...withAna)
      .when({ type: 'SendChatMessage', payload })
      .then({ type: 'ChatMessageSent', payload });
  });

  it.each(['ParticipantLeft', 'ParticipantRemoved'] as const)('refuses a line from somebody after %s', (gone) => {
    given(supportSession, ...withAna, about(gone, ana))
      .when(send(1, ana))
      .thenRefused('NOT_A_PARTICIPANT');
  });

  it('refuses a line from somebody who waits', () => {
    given(supportSession, ...withAna, asked(ben))
      .when(send(1, ben))
      .thenRefused('NOT_A_PARTICIPANT');
  });

  it('refuses a line from a stranger', () => {
    given(supportSession, ...withAna)
      .when(send(1, stranger))
      .thenRefused('NOT_A_PARTICIPANT');
  });

  it.each([
    ['who was removed', ana, [about('ParticipantRemoved', ana)]],
    ['who has left', ana, [about('ParticipantLeft', ana)]],
    ['who waits', chen, [asked(chen)]],
    ['who was never there', stranger, []],
  ] as [string, Person, SupportSessionEvent[]][])('refuses a line to somebody %s', (_, to, events) => {
    given(supportSession, ...withAnaAndBen, ...events)
      .when(send(1, csr, to))
      .thenRefused('CHAT_RECIPIENT_UNKNOWN');
  });

  it('refuses a line to oneself', () => {
    given(supportSession, ...withAna)
      .when(send(1, ana, ana))
      .thenRefused('CHAT_RECIPIENT_UNKNOWN');
  });

  it('refuses recipients that are words of the language', () => {
    for (const to of ['', 'customers', 'ALL', 'constructor', '__proto__'])
      given(supportSession, ...withAna)
        .when({ type: 'SendChatMessage', payload: { ...line(1, ana).payload, to } })
        .thenRefused('CHAT_RECIPIENT_UNKNOWN');
  });

  it('refuses the id of a line that is there, so that nobody takes back another\u2019s with his own', () => {
    given(supportSession, ...withAnaAndBen, line(1, ana))
      .when(send(1, ben))
      .thenRefused('COMMAND_ID_REUSED');
  });

  it('refuses when the session is over', () => {
    given(supportSession, ...withAna, ended)
      .when(send(1, ana))
      .thenRefused('SESSION_ENDED');
  });
});

describe('TakeBackChatMessage', () => {
  const takeBack = (n: number, author: Person): Intention['TakeBackChatMessage'] => ({
    type: 'TakeBackChatMessage',
    payload: { messageId: line(n, author).payload.messageId, authorId: author.participantId },
  });

  it('names the key of the line alone, to be destroyed', () => {
    given(supportSession, ...withAna, line(1, ana), line(2, ana))
      .when(takeBack(2, ana))
      .then(takenBack(2, ana));
  });

  it('reaches for a private line the same two people', () => {
    given(supportSession, ...withAnaAndBen, line(1, csr, ben))
      .when(takeBack(1, csr))
      .then(takenBack(1, csr, ben));
  });

  it('works when the one it was said to has gone', () => {
    given(supportSession, ...withAnaAndBen, line(1, csr, ben), about('ParticipantLeft', ben))
      .when(takeBack(1, csr))
      .then(takenBack(1, csr, ben));
  });

  it('stays quiet the second time', () => {
    given(supportSession, ...withAna, line(1, ana), takenBack(1, ana))
      .when(takeBack(1, ana))
      .thenNothing();
  });

  it('refuses another\u2019s line, a representative too', () => {
    given(supportSession, ...withAna, line(1, ana))
      .when(takeBack(1, csr))
      .thenRefused('MESSAGE_NOT_YOURS');
  });

  it('refuses a line that was never said', () => {
    given(supportSession, ...withAna)
      .when(takeBack(1, ana))
      .thenRefused('MESSAGE_NOT_FOUND');
  });

  it('refuses an author who was removed', () => {
    given(supportSession, ...withAna, line(1, ana), about('ParticipantRemoved', ana))
      .when(takeBack(1, ana))
      .thenRefused('NOT_A_PARTICIPANT');
  });

  it('refuses when the text was erased', () => {
    const { payload } = line(1, ana);
    given(supportSession, ...withAna, { type: 'ChatMessageSent', payload: { ...payload, text: { erased: true } } })
      .when(takeBack(1, ana))
      .thenRefused('SUBJECT_ERASED');
  });

  it('refuses when the session is over', () => {
    given(supportSession, ...withAna, line(1, ana), ended)
      .when(takeBack(1, ana))
      .thenRefused('SESSION_ENDED');
  });

  it('throws on a line that was sealed without a key of its own, rather than erase its neighbours', () => {
    const text = sealed(sessionSubject, 'content', 'no-own-key');
    const events = [...withAna, { type: 'ChatMessageSent', payload: { ...line(1, ana).payload, text } } as const];
    expect(() => given(supportSession, ...events).when(takeBack(1, ana))).toThrow('without a key of its own');
  });
});

describe('the fold of chat', () => {
  const chat = (...events: SupportSessionEvent[]): unknown => {
    const state = fold(
      supportSession,
      [...withAna, ...events].map((event, n) => recorded(event, n)),
    );
    return state.status === 'absent' ? undefined : state.chat;
  };

  it('keeps the order and the place of each line', () => {
    expect(chat(line(2, ana), line(1, csr, ana))).toEqual([
      {
        messageId: id(502),
        authorId: ana.participantId,
        to: 'all',
        sentAt: at(3),
        revision: 3,
        text: sealed(sessionSubject, 'content', 'line-2', 2),
      },
      {
        messageId: id(501),
        authorId: csr.participantId,
        to: ana.participantId,
        sentAt: at(4),
        revision: 4,
        text: sealed(sessionSubject, 'content', 'line-1', 1),
      },
    ]);
  });

  it('keeps the place of a line whose text was taken back', () => {
    expect(chat(line(1, ana), line(2, csr), takenBack(1, ana))).toMatchObject([
      { messageId: id(501), text: null },
      { messageId: id(502), text: { ciphertext: 'line-2' } },
    ]);
  });

  it('lets the taking back of a line pass that the viewer never saw', () => {
    expect(chat(line(1, ana), takenBack(9, csr))).toEqual(chat(line(1, ana)));
  });
});

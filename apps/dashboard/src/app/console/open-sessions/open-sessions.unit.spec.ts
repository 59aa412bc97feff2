import { signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { beforeEach, describe, expect, it, jest } from '@jest/globals';
import { NEVER, Subject } from 'rxjs';
import { MySessionsDocument } from '../../../generated/graphql';
import type { MySessionsSubscription, SessionSummaryFieldsFragment } from '../../../generated/graphql';
import { Attention } from '../../attention/attention';
import { SignedInPerson } from '../../sign-in/signed-in-person';
import { StaffRequests } from '../../sign-in/staff-requests';
import { OpenSessions } from './open-sessions';

const list = new Subject<MySessionsSubscription>();
const events = new Map<string, Subject<unknown>>();
const me = signal<{ id: string } | null>({ id: 'me' });

function summary(id: string, startedAt: string): SessionSummaryFieldsFragment {
  return {
    id,
    startedAt,
    number: '482913057',
    status: 'open',
    endedAt: null,
    representativeId: 'me',
    representativeName: { text: 'Marko', lost: null },
    customerNames: [],
    subject: null,
    ticket: null,
  };
}

const first = summary('first', '2026-11-20T10:00:00.000Z');
const second = summary('second', '2026-11-20T11:00:00.000Z');

function tell(...sessions: SessionSummaryFieldsFragment[]): void {
  list.next({ mySessions: { sessions, position: '1' } });
}

describe('my open sessions', () => {
  let sessions: OpenSessions;
  let providers: { provide: unknown; useValue: unknown }[];
  const letters = (): string[] => sessions.all().map(({ id, letter }) => `${letter} ${id}`);

  beforeEach(() => {
    localStorage.clear();
    events.clear();
    me.set({ id: 'me' });
    const requests = {
      watch: (document: unknown) => (document === MySessionsDocument ? list : NEVER),
      resume: (_document: unknown, variables: () => { sessionId: string }) => {
        const feed = new Subject();
        events.set(variables().sessionId, feed);
        return feed;
      },
    };
    providers = [
      { provide: StaffRequests, useValue: requests },
      { provide: SignedInPerson, useValue: { me, may: () => true } },
      { provide: Attention, useValue: { consider: jest.fn() } },
    ];
    TestBed.resetTestingModule().configureTestingModule({ providers });
    sessions = TestBed.inject(OpenSessions);
    TestBed.tick();
  });

  it('are not known before the list has come', () => {
    expect(sessions.loaded()).toBe(false);
    tell();
    expect(sessions.loaded()).toBe(true);
  });

  it('get their letters in the order of starting, whatever the order of the list', () => {
    tell(second, first);
    expect(letters()).toEqual(['A first', 'B second']);
  });

  it('are followed once each, however often the list comes', () => {
    tell(first);
    tell(first, second);
    tell(first, second);
    expect([...events.keys()]).toEqual(['first', 'second']);
  });

  it('stay, as ended, when the list no longer has them, until they are closed', () => {
    tell(first, second);
    tell(second);
    expect(letters()).toEqual(['A first', 'B second']);
    const [ended] = sessions.all();
    expect(ended?.ended()).toBe(true);
    expect(sessions.live().map(({ id }) => id)).toEqual(['second']);
    if (ended) sessions.close(ended);
    expect(letters()).toEqual(['B second']);
    expect(events.get('first')?.observed).toBe(false);
  });

  it('keep their letters over a reload', () => {
    tell(first, second);
    tell(second);
    const [ended] = sessions.all();
    if (ended) sessions.close(ended);
    expect(localStorage.getItem('deskside.session-letters')).toBe('[["second",1]]');
  });

  it('are there after a reload although they have ended, until they are closed or their notes are', () => {
    tell(first, second);
    tell(second);
    const reloaded = (): OpenSessions => {
      TestBed.resetTestingModule().configureTestingModule({ providers });
      sessions = TestBed.inject(OpenSessions);
      TestBed.tick();
      tell(second);
      return sessions;
    };
    expect(
      reloaded()
        .all()
        .map(({ id, ended }) => [id, ended()]),
    ).toEqual([
      ['first', true],
      ['second', false],
    ]);
    const [ended] = sessions.all();
    if (ended) sessions.close(ended);
    expect(
      reloaded()
        .all()
        .map(({ id }) => id),
    ).toEqual(['second']);
  });

  it('are waited for from the moment one is started', () => {
    tell();
    expect(sessions.isExpected('new')).toBe(false);
    sessions.expect('new');
    expect(sessions.isExpected('new')).toBe(true);
  });

  it('are gone with the person', () => {
    tell(first);
    me.set(null);
    TestBed.tick();
    expect(sessions.all()).toEqual([]);
    expect(events.get('first')?.observed).toBe(false);
  });

  it('count what waits: unread lines of others and people at the door', () => {
    tell(first);
    const event = (revision: number, type: string, payload: object): object => ({
      revision,
      type,
      payload,
      occurredAt: `2026-11-20T10:00:0${revision}.000Z`,
      actor: { kind: 'system', id: 's' },
    });
    const joined = (participantId: string, role: string, personId: string): object => ({
      participantId,
      role,
      personId,
      name: personId,
    });
    events.get('first')?.next({
      reset: true,
      upTo: 4,
      caughtUp: true,
      events: [
        event(0, 'ParticipantJoined', joined('p1', 'primaryRepresentative', 'me')),
        event(1, 'ParticipantJoined', joined('p2', 'primaryCustomer', 'ana')),
        event(2, 'ChatMessageSent', { messageId: 'm1', authorId: 'p2', to: 'all', text: 'Hello' }),
        event(3, 'ChatMessageSent', { messageId: 'm2', authorId: 'p1', to: 'all', text: 'Yes' }),
        event(4, 'JoinRequested', { participantId: 'p3', customerId: 'bo', name: 'Bo' }),
      ],
    });
    expect(sessions.waitingForMe()).toBe(2);
    sessions.all()[0]?.markRead(4);
    expect(sessions.waitingForMe()).toBe(1);
  });
});

import { describe, expect, test } from '@jest/globals';
import { of } from 'rxjs';
import type { FeedEvent } from '../session-feed/feed-event';
import { SessionStore } from '../session-feed/session-store';
import { chatEntries, mayWrite, recipientsFor, unreadLines } from './chat-entries';
import type { ChatEntry } from './chat-entries';
import type { UnsentLine } from './outbox';

let revision = 0;
const event = (type: string, payload: object): FeedEvent => ({
  revision: revision++,
  type,
  payload,
  occurredAt: '2026-11-20T09:00:00.000Z',
  actor: { kind: 'system', id: 's' },
});
const joined = (id: string, role = 'primaryCustomer'): FeedEvent =>
  event('ParticipantJoined', { participantId: id, role, personId: `${id}-person`, name: `Name of ${id}` });
const line = (messageId: string, authorId: string, to = 'all'): FeedEvent =>
  event('ChatMessageSent', { messageId, authorId, to, text: `text of ${messageId}` });

function storeWith(...events: FeedEvent[]): SessionStore {
  const store = new SessionStore();
  store.follow(of({ reset: false, events, upTo: 99, caughtUp: true }));
  return store;
}

function entriesOf(store: SessionStore, me: string, unsent: readonly UnsentLine[] = []): readonly ChatEntry[] {
  return chatEntries({ session: store.session(), events: store.events(), me, unsent });
}

const brief = (entries: readonly ChatEntry[]): string[] => entries.map((e) => (e.kind === 'event' ? e.type : e.key));
const pending = (commandId: string): UnsentLine => ({ commandId, to: 'all', text: 'mine', refused: null, waits: null });

describe('the chat', () => {
  test('has lines and events in the order of the log, then what is on its way', () => {
    const store = storeWith(
      joined('rep', 'primaryRepresentative'),
      joined('ana'),
      line('m1', 'ana'),
      event('SessionEnded', {}),
    );
    expect(brief(entriesOf(store, 'ana', [pending('m2')]))).toEqual([
      'ParticipantJoined',
      'ParticipantJoined',
      'm1',
      'SessionEnded',
      'm2',
    ]);
  });

  test('shows a line once when it has arrived, under the same key', () => {
    const store = storeWith(joined('ana'), line('m1', 'ana'));
    const entries = entriesOf(store, 'ana', [pending('m1')]);
    expect(brief(entries)).toEqual(['ParticipantJoined', 'm1']);
    expect(entries[1]).toMatchObject({ unsent: null, mine: true });
  });

  test('leaves out events that say nothing to people', () => {
    expect(brief(entriesOf(storeWith(joined('ana'), event('JoinAdmitted', { participantId: 'x' })), 'ana'))).toEqual([
      'ParticipantJoined',
    ]);
  });

  test('begins a group with each change of speaker', () => {
    const store = storeWith(joined('ana'), line('a', 'ana'), line('b', 'ana'), line('c', 'rep'), line('d', 'ana'));
    const begins = entriesOf(store, 'ana').map((e) => e.kind === 'line' && e.begins);
    expect(begins).toEqual([false, true, false, true, true]);
  });

  test('names the other side of a private line', () => {
    const store = storeWith(joined('ana'), joined('bo'), line('m', 'ana', 'bo'));
    expect(entriesOf(store, 'ana').at(-1)).toMatchObject({ privateWith: { name: 'Name of bo' } });
    expect(entriesOf(store, 'bo').at(-1)).toMatchObject({ privateWith: { name: 'Name of bo' }, mine: false });
  });

  test('has no text of a line that was taken back', () => {
    const store = storeWith(
      joined('ana'),
      line('m', 'ana'),
      event('ChatMessageTakenBack', { messageId: 'm', authorId: 'ana', to: 'all' }),
    );
    expect(entriesOf(store, 'ana').at(-1)).toMatchObject({ key: 'm', text: null });
    expect(unreadLines(store.session(), 'rep', -1)).toBe(0);
  });

  test('is absent before anything is known', () => expect(entriesOf(new SessionStore(), 'ana')).toEqual([]));
});

describe('whom one may write to', () => {
  const rep = joined('rep', 'primaryRepresentative');

  test('is no question between two', () =>
    expect(recipientsFor(storeWith(rep, joined('ana')).session(), 'ana')).toEqual([]));

  test('is each of the others among three, without those who are gone', () => {
    const three = [rep, joined('ana'), joined('bo', 'secondaryCustomer')];
    expect(recipientsFor(storeWith(...three).session(), 'ana').map((r) => r.id)).toEqual(['rep', 'bo']);
    const gone = event('ParticipantLeft', { participantId: 'bo' });
    expect(recipientsFor(storeWith(...three, gone).session(), 'ana')).toEqual([]);
  });

  test('ends with the session and with one’s own leaving', () => {
    expect(mayWrite(storeWith(rep, joined('ana')).session(), 'ana')).toBe(true);
    expect(mayWrite(storeWith(joined('ana'), event('SessionEnded', {})).session(), 'ana')).toBe(false);
    expect(
      mayWrite(storeWith(joined('ana'), event('ParticipantLeft', { participantId: 'ana' })).session(), 'ana'),
    ).toBe(false);
  });
});

test('unread are lines by others after the last one seen', () => {
  const lines = [line('a', 'rep'), line('b', 'ana'), line('c', 'rep'), line('d', 'rep')];
  const { session } = storeWith(joined('ana'), ...lines);
  expect(unreadLines(session(), 'ana', -1)).toBe(3);
  expect(unreadLines(session(), 'ana', lines[2]?.revision ?? 0)).toBe(1);
});

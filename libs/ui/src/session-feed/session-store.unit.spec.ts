import { describe, expect, test } from '@jest/globals';
import { Subject, throwError } from 'rxjs';
import { FeedRefused } from '../connection/resumable';
import type { FeedBatch } from '../connection/resumable';
import type { FeedEvent } from './feed-event';
import { SessionStore } from './session-store';

const event = (revision: number, type: string, payload: unknown): FeedEvent => ({
  revision,
  type,
  payload,
  occurredAt: `2026-11-20T09:00:0${revision}.000Z`,
  actor: { kind: 'customer', id: 'c', sessionRole: null },
});
const joined = event(1, 'ParticipantJoined', {
  participantId: 'p',
  role: 'primaryCustomer',
  personId: 'c',
  name: 'Ana',
});
const line = event(2, 'ChatMessageSent', { messageId: 'm', authorId: 'p', to: 'all', text: 'hello' });
const batch = (events: readonly FeedEvent[], more: Partial<FeedBatch<FeedEvent>> = {}): FeedBatch<FeedEvent> => ({
  reset: false,
  events,
  upTo: events.at(-1)?.revision ?? -1,
  caughtUp: true,
  ...more,
});

function followed(): { store: SessionStore; feed: Subject<FeedBatch<FeedEvent>> } {
  const store = new SessionStore();
  const feed = new Subject<FeedBatch<FeedEvent>>();
  store.follow(feed);
  return { store, feed };
}

describe('what is known of a session', () => {
  test('is the fold of its feed', () => {
    const { store, feed } = followed();
    expect([store.session().status, store.caughtUp()]).toEqual(['absent', false]);
    feed.next(batch([joined]));
    feed.next(batch([line]));
    const session = store.session();
    expect(session).toMatchObject({ status: 'open', participants: { p: { name: 'Ana', presence: 'present' } } });
    expect(session.status === 'open' && session.chat).toMatchObject([{ messageId: 'm', text: 'hello' }]);
    expect(store.events().map((e) => e.revision)).toEqual([1, 2]);
  });

  test('is forgotten on a reset and made anew', () => {
    const { store, feed } = followed();
    feed.next(batch([joined, line]));
    feed.next(
      batch([{ ...joined, payload: { ...(joined.payload as object), name: { erased: true } } }], { reset: true }),
    );
    expect(store.events()).toHaveLength(1);
    expect(store.session()).toMatchObject({ participants: { p: { name: { erased: true } } }, chat: [] });
  });

  test('goes on with events that this version does not know', () => {
    const { store, feed } = followed();
    feed.next(batch([joined, event(5, 'SomethingOfTomorrow', { of: 'no interest' })]));
    expect(store.session()).toMatchObject({ status: 'open' });
  });

  test('goes on behind an event that cannot be folded, as if it were not there', () => {
    const { store, feed } = followed();
    feed.next(batch([joined, event(5, 'PermissionGranted', null), line]));
    expect(store.events()).toEqual([joined, line]);
    expect(store.session()).toMatchObject({ status: 'open', chat: [{ text: 'hello' }] });
  });

  test('keeps what it had when the server ends the feed, and says why', () => {
    const { store, feed } = followed();
    feed.next(batch([joined]));
    store.follow(throwError(() => new FeedRefused({ kind: 'refused', code: 'NOT_SIGNED_IN' })));
    expect(store.failure()).toMatchObject({ code: 'NOT_SIGNED_IN' });
    expect(store.session().status).toBe('open');
    feed.next(batch([line]));
    expect(store.failure()).toBeNull();
  });
});

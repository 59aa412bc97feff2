import { TestBed } from '@angular/core/testing';
import { CombinedGraphQLErrors } from '@apollo/client/errors';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { NEVER, Observable, concat, ignoreElements, of, throwError, timer } from 'rxjs';
import { Unreachable } from '../refusals/unreachable';
import { FeedRefused, persistent, resumable } from './resumable';
import type { FeedBatch, FeedWaits } from './resumable';
import { WindowLimit, shortestWaitMs, waitSpreadMs } from './window-limit';

type Batch = FeedBatch<{ readonly revision: number }>;

const lost = throwError(() => new Unreachable('gone'));
const at = (...revisions: number[]): { revision: number }[] => revisions.map((revision) => ({ revision }));
const batch = (upTo: number, ...revisions: number[]): Batch => ({
  reset: false,
  events: at(...revisions),
  upTo,
  caughtUp: true,
});
const refusedWith = (code: string, details = {}): Observable<never> =>
  throwError(() => new CombinedGraphQLErrors({ errors: [{ message: code, extensions: { code, details } }] }));
let waits: FeedWaits & { readonly windows: WindowLimit };

/** A server that gives these feeds one after the other, and what it was asked for. */
function serverWith(...feeds: Observable<Batch>[]): {
  asked: (number | undefined)[];
  open: (after?: number) => Observable<Batch>;
} {
  const asked: (number | undefined)[] = [];
  return { asked, open: (after) => (asked.push(after), feeds[asked.length - 1] ?? NEVER) };
}

async function deliveriesOf(open: (after?: number) => Observable<Batch>): Promise<Batch[]> {
  const got: Batch[] = [];
  resumable(open, waits).subscribe((b) => got.push(b));
  await jest.advanceTimersByTimeAsync(60_000);
  return got;
}

beforeEach(() => {
  jest.useFakeTimers();
  waits = { whenReachable: () => Promise.resolve(), windows: TestBed.inject(WindowLimit) };
});
afterEach(() => void jest.useRealTimers());

describe('a session’s feed', () => {
  test('asks after each loss for what comes after the last delivery', async () => {
    const { asked, open } = serverWith(
      concat(of(batch(1, 0, 1), batch(4, 4)), lost),
      concat(of(batch(6, 5, 6)), lost),
      NEVER,
    );
    const got = await deliveriesOf(open);
    expect(asked).toEqual([undefined, 4, 6]);
    expect(got.flatMap((b) => b.events.map((e) => e.revision))).toEqual([0, 1, 4, 5, 6]);
  });

  test('drops what it has already, and keeps the place when nothing of it may be seen', async () => {
    const { asked, open } = serverWith(
      concat(of(batch(3, 2, 3)), lost),
      concat(of(batch(5, 2, 3, 5), batch(9)), lost),
      NEVER,
    );
    const got = await deliveriesOf(open);
    expect(got.flatMap((b) => b.events.map((e) => e.revision))).toEqual([2, 3, 5]);
    expect(asked).toEqual([undefined, 3, 9]);
  });

  test('begins anew on a reset, even with lower revisions', async () => {
    const reset: Batch = { reset: true, events: at(0, 1), upTo: 1, caughtUp: true };
    const { asked, open } = serverWith(concat(of(batch(8, 7, 8), reset), lost), NEVER);
    const got = await deliveriesOf(open);
    expect(got.at(-1)).toEqual(reset);
    expect(asked).toEqual([undefined, 1]);
  });

  test('ends when the server refuses for good', async () => {
    const failed = jest.fn<(error: unknown) => void>();
    resumable(() => refusedWith('NOT_A_PARTICIPANT') as Observable<Batch>, waits).subscribe({ error: failed });
    await jest.advanceTimersByTimeAsync(1_000);
    expect(failed.mock.calls[0]?.[0]).toBeInstanceOf(FeedRefused);
    expect((failed.mock.calls[0]?.[0] as FeedRefused).failure).toMatchObject({ code: 'NOT_A_PARTICIPANT' });
  });

  test('waits out a reason that passes', async () => {
    const { asked, open } = serverWith(refusedWith('LOG_UNAVAILABLE'), of(batch(0, 0)));
    expect((await deliveriesOf(open))[0]?.upTo).toBe(0);
    expect(asked.length).toBeGreaterThan(1);
  });

  test('that is opened too often waits as long as the server says', async () => {
    const { asked, open } = serverWith(refusedWith('TOO_MANY_REQUESTS', { seconds: 8 }));
    resumable(open, waits).subscribe();
    await jest.advanceTimersByTimeAsync(7_900);
    expect(asked).toHaveLength(1);
    await jest.advanceTimersByTimeAsync(1_000);
    expect(asked).toHaveLength(2);
  });

  test('comes back after a server that stopped in good order, and is over when nothing follows any more', async () => {
    const { asked, open } = serverWith(
      of(batch(2, 2)),
      of(batch(3, 3)),
      ...Array.from({ length: 20 }, () => of(batch(3))),
    );
    const done = jest.fn();
    resumable(open, waits).subscribe({ complete: done });
    await jest.advanceTimersByTimeAsync(120_000);
    expect(done).toHaveBeenCalledTimes(1);
    expect(asked.slice(0, 3)).toEqual([undefined, 2, 3]);
    expect(asked.length).toBeLessThan(10);
  });
});

test('a feed that is no longer wanted is closed and not opened again', async () => {
  let closed = 0;
  let opened = 0;
  const open = (): Observable<number> =>
    new Observable(() => {
      opened++;
      return () => closed++;
    });
  persistent(open, waits).subscribe().unsubscribe();
  await jest.advanceTimersByTimeAsync(60_000);
  expect([opened, closed]).toEqual([1, 1]);
});

describe('a feed in one window too many', () => {
  const tooMany = refusedWith('TOO_MANY_OPEN');

  test('says so, tries again by itself after a while, and goes on where it was', async () => {
    const { asked, open } = serverWith(concat(of(batch(4, 4)), lost), tooMany, tooMany, concat(of(batch(5, 5)), NEVER));
    const got: Batch[] = [];
    resumable(open, waits).subscribe((b) => got.push(b));
    await jest.advanceTimersByTimeAsync(0);
    expect(waits.windows.reached()).not.toBeNull();
    expect(asked).toEqual([undefined, 4]);
    await jest.advanceTimersByTimeAsync(shortestWaitMs - 1);
    expect(asked).toHaveLength(2);
    await jest.advanceTimersByTimeAsync(2 * (shortestWaitMs + waitSpreadMs));
    expect(asked).toEqual([undefined, 4, 4, 4]);
    expect(got.flatMap((b) => b.events.map((e) => e.revision))).toEqual([4, 5]);
    expect(waits.windows.reached()).toBeNull();
  });

  test('tries again at once when the person says so, together with the others', async () => {
    const one = serverWith(tooMany, concat(of(batch(1, 1)), NEVER));
    const other = serverWith(tooMany, tooMany);
    for (const { open } of [one, other]) resumable(open, waits).subscribe();
    waits.windows.tryNow();
    expect([one.asked, other.asked].map((asked) => asked.length)).toEqual([2, 2]);
    expect(waits.windows.reached()).not.toBeNull();
    await jest.advanceTimersByTimeAsync(shortestWaitMs + waitSpreadMs);
    expect(other.asked).toHaveLength(3);
  });

  test('tries again at once when its window comes to the front, and not when it goes to the back', () => {
    const { asked, open } = serverWith(tooMany, tooMany);
    resumable(open, waits).subscribe();
    const visibility = jest.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden');
    document.dispatchEvent(new Event('visibilitychange'));
    expect(asked).toHaveLength(1);
    visibility.mockReturnValue('visible');
    document.dispatchEvent(new Event('visibilitychange'));
    expect(asked).toHaveLength(2);
    visibility.mockRestore();
  });

  test('has its place when it is not refused any more, even if it has nothing to say yet', async () => {
    const { open } = serverWith(tooMany);
    resumable(open, waits).subscribe();
    waits.windows.tryNow();
    await jest.advanceTimersByTimeAsync(10_000);
    expect(waits.windows.reached()).toBeNull();
  });

  test('that is refused again late is kept out again', async () => {
    const late = concat(timer(5_000).pipe(ignoreElements()), tooMany);
    const { asked, open } = serverWith(tooMany, late);
    resumable(open, waits).subscribe();
    waits.windows.tryNow();
    waits.windows.tryNow();
    await jest.advanceTimersByTimeAsync(5_000);
    expect(waits.windows.reached()).not.toBeNull();
    await jest.advanceTimersByTimeAsync(shortestWaitMs + waitSpreadMs);
    expect(asked).toHaveLength(3);
  });

  test('is forgotten when nobody wants it any more', () => {
    const { open } = serverWith(tooMany);
    const feed = resumable(open, waits).subscribe();
    expect(waits.windows.reached()).not.toBeNull();
    feed.unsubscribe();
    expect(waits.windows.reached()).toBeNull();
  });
});

import { CombinedGraphQLErrors } from '@apollo/client/errors';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { NEVER, Observable, concat, of, throwError } from 'rxjs';
import { Unreachable } from '../refusals/unreachable';
import { FeedRefused, persistent, resumable } from './resumable';
import type { FeedBatch } from './resumable';

type Batch = FeedBatch<{ readonly revision: number }>;

const lost = throwError(() => new Unreachable('gone'));
const at = (...revisions: number[]): { revision: number }[] => revisions.map((revision) => ({ revision }));
const batch = (upTo: number, ...revisions: number[]): Batch => ({
  reset: false,
  events: at(...revisions),
  upTo,
  caughtUp: true,
});
const refusedWith = (code: string): Observable<never> =>
  throwError(() => new CombinedGraphQLErrors({ errors: [{ message: code, extensions: { code } }] }));

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
  resumable(open, () => Promise.resolve()).subscribe((b) => got.push(b));
  await jest.advanceTimersByTimeAsync(60_000);
  return got;
}

beforeEach(() => void jest.useFakeTimers());
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
    resumable(
      () => refusedWith('NOT_A_PARTICIPANT') as Observable<Batch>,
      () => Promise.resolve(),
    ).subscribe({ error: failed });
    await jest.advanceTimersByTimeAsync(1_000);
    expect(failed.mock.calls[0]?.[0]).toBeInstanceOf(FeedRefused);
    expect((failed.mock.calls[0]?.[0] as FeedRefused).failure).toMatchObject({ code: 'NOT_A_PARTICIPANT' });
  });

  test('waits out a reason that passes', async () => {
    const { asked, open } = serverWith(refusedWith('LOG_UNAVAILABLE'), of(batch(0, 0)));
    expect((await deliveriesOf(open))[0]?.upTo).toBe(0);
    expect(asked.length).toBeGreaterThan(1);
  });

  test('comes back after a server that stopped in good order, and is over when nothing follows any more', async () => {
    const { asked, open } = serverWith(
      of(batch(2, 2)),
      of(batch(3, 3)),
      ...Array.from({ length: 20 }, () => of(batch(3))),
    );
    const done = jest.fn();
    resumable(open, () => Promise.resolve()).subscribe({ complete: done });
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
  persistent(open, () => Promise.resolve())
    .subscribe()
    .unsubscribe();
  await jest.advanceTimersByTimeAsync(60_000);
  expect([opened, closed]).toEqual([1, 1]);
});

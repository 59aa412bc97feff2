import { TestBed } from '@angular/core/testing';
import { beforeEach, describe, expect, it, jest } from '@jest/globals';
import { FeedRefused, LiveFeeds, Requests } from '@deskside/ui';
import type { Answer } from '@deskside/ui';
import { Subject, of, throwError } from 'rxjs';
import { EndSessionDocument, MySessionsDocument, SessionFeedDocument } from '../../generated/graphql';
import { SignedInPerson } from './signed-in-person';
import { StaffRequests } from './staff-requests';

const notSignedIn = { kind: 'refused', code: 'NOT_SIGNED_IN' } as const;
const send = jest.fn<(document: unknown, variables: unknown) => Promise<Answer<unknown>>>();
const watch = jest.fn<LiveFeeds['watch']>();
const resume = jest.fn<LiveFeeds['resume']>();
const signedInAgain = new Subject<void>();
const signInAgain = jest.fn(() => new Promise<void>((resolve) => signedInAgain.subscribe(() => resolve())));
const variables = { commandId: 'one', sessionId: 's' };

function requests(): StaffRequests {
  return TestBed.inject(StaffRequests);
}

async function settle(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve));
}

beforeEach(() => {
  jest.resetAllMocks();
  signInAgain.mockImplementation(() => new Promise<void>((resolve) => signedInAgain.subscribe(() => resolve())));
  TestBed.resetTestingModule().configureTestingModule({
    providers: [
      { provide: Requests, useValue: { send, ask: send } },
      { provide: LiveFeeds, useValue: { watch, resume } },
      { provide: SignedInPerson, useValue: { signInAgain, expired: () => false } },
    ],
  });
});

describe('a command of somebody whose sign-in has expired', () => {
  it('waits for the new sign-in, then goes out once more with the same commandId', async () => {
    send.mockResolvedValueOnce({ ok: false, failure: notSignedIn }).mockResolvedValueOnce({ ok: true, data: {} });
    const answer = requests().send(EndSessionDocument, variables);
    await settle();
    expect(send).toHaveBeenCalledTimes(1);
    signedInAgain.next();
    expect(await answer).toEqual({ ok: true, data: {} });
    expect(send.mock.calls).toEqual([
      [EndSessionDocument, variables, undefined],
      [EndSessionDocument, variables, undefined],
    ]);
  });

  it('gives every other refusal back at once', async () => {
    send.mockResolvedValue({ ok: false, failure: { kind: 'refused', code: 'SESSION_ENDED' } });
    expect((await requests().send(EndSessionDocument, variables)).ok).toBe(false);
    expect(signInAgain).not.toHaveBeenCalled();
  });
});

describe('a feed of somebody whose sign-in has expired', () => {
  it('opens again after the new sign-in', async () => {
    watch.mockReturnValueOnce(throwError(() => new FeedRefused(notSignedIn))).mockReturnValueOnce(of('list'));
    const seen: unknown[] = [];
    requests()
      .watch(MySessionsDocument, {})
      .subscribe((data) => seen.push(data));
    expect(seen).toEqual([]);
    signedInAgain.next();
    await settle();
    expect(seen).toEqual(['list']);
  });

  it('goes on behind the last event received', async () => {
    const asked: unknown[] = [];
    const batch = { reset: true, events: [], upTo: 7, caughtUp: true };
    const feed = new Subject<typeof batch>();
    resume.mockImplementation(((_document: unknown, variablesAfter: (after?: number) => unknown) => {
      asked.push(variablesAfter(undefined));
      return feed;
    }) as never);
    requests()
      .resume(
        SessionFeedDocument,
        (afterRevision) => ({ sessionId: 's', ...(afterRevision === undefined ? {} : { afterRevision }) }),
        (data) => data.sessionFeed,
      )
      .subscribe();
    feed.next(batch);
    const second = new Subject<typeof batch>();
    resume.mockImplementation(((_document: unknown, variablesAfter: (after?: number) => unknown) => {
      asked.push(variablesAfter(undefined));
      return second;
    }) as never);
    feed.error(new FeedRefused(notSignedIn));
    signedInAgain.next();
    await settle();
    expect(asked).toEqual([{ sessionId: 's' }, { sessionId: 's', afterRevision: 7 }]);
  });

  it('ends with every other refusal', () => {
    watch.mockReturnValue(throwError(() => new FeedRefused({ kind: 'refused', code: 'NOT_ALLOWED' })));
    const failed = jest.fn();
    requests().watch(MySessionsDocument, {}).subscribe({ error: failed });
    expect(failed).toHaveBeenCalledTimes(1);
  });
});

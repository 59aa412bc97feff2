import { signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { beforeEach, describe, expect, jest, test } from '@jest/globals';
import type { KnownSession, PermissionRequest } from '@deskside/domain';
import {
  ApproveRequestDocument,
  DenyRequestDocument,
  ExtendRequestDocument,
  GrantPermissionDocument,
  ReportNothingChosenDocument,
  ShowRequestDocument,
} from '../../generated/graphql';
import { CustomerSession } from '../session/customer-session';
import { ScreenQuestion } from './screen-question';
import { ScreenSharing } from './screen-sharing';

type Act = (document: unknown, variables: Record<string, unknown>) => Promise<unknown>;
type Show = (picked: unknown, viewers: unknown, record: (grantId: string) => Promise<unknown>) => Promise<void>;

const request: PermissionRequest = {
  ...{ id: 'r', capability: 'desktop', access: 'view', ownerId: 'ana', requestedBy: 'rep', grantees: ['rep', 'ivana'] },
  ...{ status: 'sent', requestedAt: '2026-11-20T09:00:00.000Z', since: '2026-11-20T09:00:00.000Z' },
  ...{ expiresAt: null, choiceFailure: null },
};
const accepted = { ok: true, data: {} };
const notYet = { ok: false, failure: { kind: 'refused', code: 'NOT_YET' } };
const notOpen = { ok: false, failure: { kind: 'refused', code: 'REQUEST_NOT_OPEN' } };
const picked = { ok: true, track: {}, surface: 'monitor' };
const act = jest.fn<Act>();
/** Sent until it is done or refused for good. */
const settle = jest.fn<Act>();
const pick = jest.fn<() => Promise<unknown>>();
const show = jest.fn<Show>();
const discard = jest.fn();
const problem = signal<unknown>(null);
const known = signal<KnownSession | null>(null);
let desk: ScreenQuestion;

function stands(change: Partial<PermissionRequest> = {}): void {
  known.set({ status: 'open', requests: { r: { ...request, ...change } } } as unknown as KnownSession);
  TestBed.tick();
}

const sent = (): readonly unknown[] => act.mock.calls.map(([document]) => document);
const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

beforeEach(() => {
  for (const mock of [act, settle, pick, show, discard]) mock.mockReset();
  act.mockResolvedValue(accepted);
  settle.mockResolvedValue(accepted);
  show.mockImplementation(async (_, __, record) => void (await record('g')));
  problem.set(null);
  const customer = { place: { participantId: 'ana' }, known, store: { caughtUp: signal(true) }, act, settle };
  TestBed.configureTestingModule({
    providers: [
      ScreenQuestion,
      { provide: CustomerSession, useValue: customer },
      { provide: ScreenSharing, useValue: { pick, show, discard, problem } },
    ],
  });
  desk = TestBed.inject(ScreenQuestion);
  stands();
});

describe('a question for my screen', () => {
  test('has its time from its display on, told once', () => {
    desk.display();
    desk.display();
    expect(settle.mock.calls).toMatchObject([[ShowRequestDocument, { requestId: 'r' }]]);
  });

  test('is not displayed by a page that nobody sees', () => {
    jest.spyOn(document, 'visibilityState', 'get').mockReturnValueOnce('hidden');
    desk.display();
    expect(settle).not.toHaveBeenCalled();
  });

  test('opens the browser’s dialog in the click itself and says so to the server at the same time', () => {
    pick.mockReturnValue(new Promise(() => undefined));
    desk.choose(request);
    expect([pick.mock.calls.length, sent()]).toEqual([1, [ApproveRequestDocument]]);
    desk.choose(request);
    expect(pick).toHaveBeenCalledTimes(1);
  });

  test('is granted with what was chosen, for those who were named', async () => {
    pick.mockResolvedValue(picked);
    desk.choose(request);
    await settled();
    expect(show.mock.calls[0]?.[1]).toEqual(['rep', 'ivana']);
    expect(act.mock.calls.at(-1)).toEqual([
      GrantPermissionDocument,
      { commandId: 'g', requestId: 'r', surface: 'monitor' },
    ]);
    expect(desk.isChoosingHere()).toBe(false);
  });

  test('that was withdrawn meanwhile shows nothing: the capture is ended and the reason said', async () => {
    pick.mockResolvedValue(picked);
    act.mockResolvedValue(notOpen);
    desk.choose(request);
    await settled();
    expect([discard.mock.calls.length, show.mock.calls.length]).toEqual([1, 0]);
    expect(problem()).toEqual({ kind: 'refused', failure: notOpen.failure });
  });

  test.each(['nothingChosen', 'wrongSurface', 'refusedByBrowser', 'refusedBySystem'])(
    'that came to %s is open again',
    async (reason) => {
      pick.mockResolvedValue({ ok: false, reason });
      desk.choose(request);
      await settled();
      expect(settle.mock.calls).toMatchObject([[ReportNothingChosenDocument, { requestId: 'r', reason }]]);
    },
  );

  test('whose choice was open in a page that has gone is open again', async () => {
    stands({ status: 'choosing' });
    await settled();
    expect(settle.mock.calls).toMatchObject([[ReportNothingChosenDocument, { reason: 'nothingChosen' }]]);
  });

  test('that is answered with no is off the screen at once', () => {
    settle.mockReturnValue(new Promise(() => undefined));
    desk.deny(request);
    expect(desk.question().at).toBe('none');
    expect(settle.mock.calls).toMatchObject([[DenyRequestDocument, { requestId: 'r' }]]);
  });

  test('whose grant is refused is open again: the choice was made and its capture has ended', async () => {
    pick.mockResolvedValue(picked);
    act.mockImplementation(async (document) => (document === GrantPermissionDocument ? notYet : accepted));
    desk.choose(request);
    await settled();
    expect(settle.mock.calls).toMatchObject([[ReportNothingChosenDocument, { requestId: 'r', reason: 'failed' }]]);
    expect(desk.isChoosingHere()).toBe(false);
  });

  test('has More time when the server can give it', () => {
    desk.moreTime(request);
    expect(settle.mock.calls).toMatchObject([[ExtendRequestDocument, { requestId: 'r' }]]);
  });
});

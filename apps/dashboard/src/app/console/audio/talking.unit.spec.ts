import { signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { MatSnackBar } from '@angular/material/snack-bar';
import { provideLocalization } from '@deskside/ui';
import type { Answer } from '@deskside/ui';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { NEVER } from 'rxjs';
import { LeaveAudioDocument, SetMutedDocument } from '../../../generated/graphql';
import { RefusalNotice } from '../../refusals/refusal-notice';
import { StaffRequests } from '../../sign-in/staff-requests';
import { SessionMedias } from '../media/session-medias';
import type { OpenSession } from '../open-sessions/open-session';
import { OpenSessions } from '../open-sessions/open-sessions';
import { Talking } from './talking';

const accepted: Answer<unknown> = { ok: true, data: {} };
const notNow: Answer<unknown> = { ok: false, failure: { kind: 'refused', code: 'LOG_UNAVAILABLE' } };
const send = jest.fn<(document: unknown, variables: { muted?: boolean; commandId: string }) => Promise<unknown>>();
const talkState = signal<'in' | 'out'>('in');
const talk = {
  events: NEVER,
  join: jest.fn<() => Promise<unknown>>(),
  leave: jest.fn(() => talkState.set('out')),
  mute: jest.fn(),
  unmute: jest.fn(),
};
const media = { seatState: () => 'here', talkState, talk };
const told = jest.fn();
const session = {
  id: 's',
  me: () => ({ id: 'me' }),
  session: signal({ status: 'open', audio: { me: { muted: false } } }),
} as unknown as OpenSession;
let talking: Talking;

beforeEach(() => {
  jest.useFakeTimers();
  for (const mock of [send, told, talk.join]) mock.mockReset();
  send.mockResolvedValue(accepted);
  talk.join.mockResolvedValue({ ok: true });
  talkState.set('in');
  TestBed.configureTestingModule({
    providers: [
      provideLocalization(),
      { provide: StaffRequests, useValue: { send } },
      { provide: SessionMedias, useValue: { of: () => media } },
      { provide: OpenSessions, useValue: { live: () => [session] } },
      { provide: RefusalNotice, useValue: { say: told } },
      { provide: MatSnackBar, useValue: {} },
    ],
  });
  talking = TestBed.inject(Talking);
  TestBed.tick();
});
afterEach(() => void jest.useRealTimers());

describe('my voice in a session', () => {
  test('is out for good once I have left, however long the log still has me in the talk', async () => {
    send.mockResolvedValueOnce(notNow).mockResolvedValueOnce(notNow);
    void talking.leave(session);
    TestBed.tick();
    await jest.advanceTimersByTimeAsync(60_000);
    TestBed.tick();
    expect(talk.join).not.toHaveBeenCalled();
    expect(send.mock.calls.map(([document]) => document)).toEqual(Array(3).fill(LeaveAudioDocument));
    expect(new Set(send.mock.calls.map(([, { commandId }]) => commandId)).size).toBe(1);
    expect(told.mock.calls).toEqual([[accepted]]);
  });

  test('stands in the log as I pressed last', async () => {
    send.mockResolvedValueOnce(notNow);
    void talking.setMuted(session, true);
    await jest.advanceTimersByTimeAsync(0);
    void talking.setMuted(session, false);
    await jest.advanceTimersByTimeAsync(60_000);
    expect(send.mock.calls).toMatchObject([
      [SetMutedDocument, { muted: true }],
      [SetMutedDocument, { muted: false }],
    ]);
    expect(told.mock.calls).toEqual([[accepted]]);
  });

  test('says why when the log will never have it', async () => {
    const never = { ok: false, failure: { kind: 'refused', code: 'NOT_A_PARTICIPANT' } };
    send.mockResolvedValue(never);
    await talking.setMuted(session, true);
    expect(told.mock.calls).toEqual([[never]]);
  });
});

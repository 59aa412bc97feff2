import { signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { beforeEach, describe, expect, jest, test } from '@jest/globals';
import { NEVER } from 'rxjs';
import { JoinAudioDocument, LeaveAudioDocument, SetMutedDocument } from '../../generated/graphql';
import { Media } from '../media/media';
import { CustomerSession } from '../session/customer-session';
import { Voice } from './voice';

type Act = (document: unknown, variables: { muted?: boolean }, isWanted: () => boolean) => Promise<unknown>;

const accepted = { ok: true, data: {} };
const act = jest.fn<Act>();
/** Sent until it is done or refused for good. */
const settle = jest.fn<Act>();
const talk = {
  events: NEVER,
  mute: jest.fn(),
  unmute: jest.fn(),
  leave: jest.fn(),
  join: jest.fn<() => Promise<unknown>>(),
};
const turn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));
let voice: Voice;

beforeEach(() => {
  for (const mock of [act, settle]) mock.mockReset().mockResolvedValue(accepted);
  talk.join.mockReset().mockResolvedValue({ ok: true });
  const known = signal({ audio: { ana: { muted: false } } });
  const media = { parts: signal({ talk }), watch: (_: unknown, before: unknown) => signal(before) };
  TestBed.configureTestingModule({
    providers: [
      Voice,
      { provide: CustomerSession, useValue: { place: { participantId: 'ana' }, known, act, settle } },
      { provide: Media, useValue: media },
    ],
  });
  voice = TestBed.inject(Voice);
});

describe('what my voice does in this page', () => {
  test('is told to the log until it has it, one press after another', async () => {
    let take: (answer: unknown) => void = () => undefined;
    settle.mockReturnValueOnce(new Promise((resolve) => (take = resolve)));
    voice.setMuted(true);
    await turn();
    voice.stopTalking();
    await turn();
    expect([talk.mute.mock.calls.length, talk.leave.mock.calls.length]).toEqual([1, 1]);
    expect(settle.mock.calls).toMatchObject([[SetMutedDocument, { muted: true }, expect.any(Function)]]);
    take(accepted);
    await turn();
    expect(settle.mock.calls.map(([document]) => document)).toEqual([SetMutedDocument, LeaveAudioDocument]);
  });

  test('is not told any more when something else was pressed meanwhile', async () => {
    voice.stopTalking();
    await turn();
    expect(settle.mock.calls[0]?.[2]()).toBe(true);
    await voice.hearAndTalk();
    expect(act.mock.calls[0]?.[0]).toBe(JoinAudioDocument);
    expect(settle.mock.calls[0]?.[2]()).toBe(false);
  });
});

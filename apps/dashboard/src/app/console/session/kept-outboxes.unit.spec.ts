import { signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { Answer, OutgoingLine } from '@deskside/ui';
import type { OpenSession } from '../open-sessions/open-session';
import { OpenSessions } from '../open-sessions/open-sessions';
import { KeptOutboxes } from './kept-outboxes';
import { SessionActs } from './session-acts';

const send = jest.fn<(sessionId: string, line: OutgoingLine) => Promise<Answer<unknown>>>();
const me = signal<{ id: string } | undefined>(undefined);
const session = { id: 'session', me } as unknown as OpenSession;
const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

describe('what was written in open sessions', () => {
  let kept: KeptOutboxes;

  beforeEach(() => {
    localStorage.clear();
    send.mockReset().mockResolvedValue({ ok: true, data: {} });
    me.set(undefined);
    const chatPort = (sessionId: string): object => ({ send: (line: OutgoingLine) => send(sessionId, line) });
    TestBed.resetTestingModule().configureTestingModule({
      providers: [
        { provide: OpenSessions, useValue: { live: signal([session]) } },
        { provide: SessionActs, useValue: { chatPort } },
      ],
    });
  });

  it('goes out one line after the other without a chat that shows it', async () => {
    kept = TestBed.inject(KeptOutboxes);
    kept.of(session, 'me').add('all', 'one');
    kept.of(session, 'me').add('all', 'two');
    await settled();
    expect(send.mock.calls.map(([, { text }]) => text)).toEqual(['one', 'two']);
  });

  it('goes out after a reload, as soon as the session is known again', async () => {
    const line = { commandId: 'c', to: 'all', text: 'from before' };
    localStorage.setItem('deskside.unsent.session.me', JSON.stringify([line]));
    kept = TestBed.inject(KeptOutboxes);
    TestBed.tick();
    await settled();
    expect(send).not.toHaveBeenCalled();
    me.set({ id: 'me' });
    TestBed.tick();
    await settled();
    expect(send.mock.calls).toEqual([['session', line]]);
  });
});

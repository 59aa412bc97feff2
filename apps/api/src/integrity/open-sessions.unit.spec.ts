import { describe, expect, it } from '@jest/globals';
import { openSessionsIn } from './open-sessions';

type Log = Parameters<typeof openSessionsIn>[0];

const payloads: Readonly<Record<string, object>> = { SessionEnded: { reason: 'endedByRepresentative', by: null } };

/** A log of these events, in one page; `!` behind a stream: its bytes are none, `?`: they have another form. */
function logOf(...events: readonly (readonly [type: string, stream: string])[]): Log {
  const recorded = events.map(([type, name]) => {
    const stream = name.replace(/[!?]/, '');
    const about = { id: `${type} ${stream}`, type, occurredAt: '2026-11-20T12:00:00.000Z', actor: {} };
    const number = stream.padStart(9, '0');
    const payload = name.endsWith('?') ? { reason: 'none' } : (payloads[type] ?? { number });
    return { type, stream, body: name.endsWith('!') ? '{' : JSON.stringify({ ...about, payload }) };
  });
  return { readAll: async () => ({ events: recorded, position: null }) as never };
}

describe('the sessions that are open in a log', () => {
  it('are none when each has an end', async () => {
    expect(await openSessionsIn(logOf(['SessionStarted', '1'], ['SessionEnded', '1']))).toBeNull();
  });

  it('are those without an end that can be read', async () => {
    const log = logOf(
      ...(['1', '2', '3'] as const).map((stream) => ['SessionStarted', stream] as const),
      ...[['SessionEnded', '1'] as const, ['SessionEnded', '2!'] as const],
      ['SessionStarted', '4!'],
    );
    expect(await openSessionsIn(log)).toBe(
      'In the log as it is now 3 sessions stand open, among them any whose end is missing: 000 000 002, 000 000 003, one whose number cannot be read.',
    );
  });

  it('are those too whose end has another form, which no command takes for one', async () => {
    expect(await openSessionsIn(logOf(['SessionStarted', '1'], ['SessionEnded', '1?']))).toMatch(
      /1 session stands open/,
    );
  });

  it('may be one alone, whose end may be missing', async () => {
    expect(await openSessionsIn(logOf(['SessionStarted', '1']))).toBe(
      'In the log as it is now 1 session stands open, perhaps only because its end is missing: 000 000 001.',
    );
  });

  it('are named up to ten of them', async () => {
    const streams = Array.from({ length: 12 }, (_, n) => String(n + 1));
    const sentence = await openSessionsIn(logOf(...streams.map((stream) => ['SessionStarted', stream] as const)));
    expect(sentence).toMatch(/^In the log as it is now 12 sessions stand open, .*000 000 010 and 2 more\.$/);
    expect(sentence).not.toContain('011');
  });

  it('are named in letters that no terminal obeys', async () => {
    expect(await openSessionsIn(logOf(['SessionStarted', '\u001b[2J']))).toMatch(/: [0 ]+\\u001b\[2J\.$/);
  });
});

import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import type { Answer } from '../connection/requests';
import type { OutgoingLine } from './chat-port';
import { Outbox } from './outbox';

type Given = Answer<unknown>;
const ok: Given = { ok: true, data: {} };
const tooLong: Given = { ok: false, failure: { kind: 'refused', code: 'CHAT_TOO_LONG' } };

/** A port whose answers are given by hand. */
class SlowPort {
  readonly sent: OutgoingLine[] = [];
  readonly #waiting: ((answer: Given) => void)[] = [];
  readonly send = (line: OutgoingLine): Promise<Given> => {
    this.sent.push(line);
    return new Promise((resolve) => this.#waiting.push(resolve));
  };
  async answer(answer: Given): Promise<void> {
    this.#waiting.shift()?.(answer);
    await settled();
  }
}

const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));
const texts = (outbox: Outbox): string[] => outbox.lines().map((line) => line.text);

let port: SlowPort;
let outbox: Outbox;

beforeEach(() => {
  localStorage.clear();
  port = new SlowPort();
  outbox = new Outbox('session', 'ana', port);
});

describe('lines that were written', () => {
  test('are sent one after the other, in order', async () => {
    outbox.add('all', 'one');
    outbox.add('all', 'two');
    await settled();
    expect(port.sent.map((line) => line.text)).toEqual(['one']);
    await port.answer(ok);
    expect(port.sent.map((line) => line.text)).toEqual(['one', 'two']);
  });

  test('stay until the log shows them', async () => {
    outbox.add('all', 'one');
    await settled();
    await port.answer(ok);
    expect(texts(outbox)).toEqual(['one']);
    outbox.arrived(new Set([port.sent[0]?.commandId ?? '']));
    expect(texts(outbox)).toEqual([]);
    expect(localStorage).toHaveLength(0);
  });

  test('are sent by the next page under the same id when this one is gone', async () => {
    outbox.add('all', 'one');
    outbox.add('bo', 'two');
    await settled();
    outbox.close();
    const next = new SlowPort();
    const again = new Outbox('session', 'ana', next);
    await settled();
    await next.answer(ok);
    expect(next.sent[0]).toEqual(port.sent[0]);
    expect(next.sent[1]).toMatchObject({ to: 'bo', text: 'two' });
    expect(texts(again)).toEqual(['one', 'two']);
  });

  test('belong to one person in one session', () => {
    outbox.add('all', 'one');
    expect(texts(new Outbox('session', 'bo', port))).toEqual([]);
    expect(texts(new Outbox('another', 'ana', port))).toEqual([]);
  });

  test('that were refused stay with the reason, and the next one is sent', async () => {
    outbox.add('all', 'one');
    outbox.add('all', 'two');
    await settled();
    await port.answer(tooLong);
    expect(outbox.refused()).toMatchObject([{ text: 'one', refused: { code: 'CHAT_TOO_LONG' } }]);
    expect(port.sent).toHaveLength(2);
    outbox.discard(port.sent[0]?.commandId ?? '');
    expect(texts(outbox)).toEqual(['two']);
  });

  test('are not sent by a page that is closed', async () => {
    outbox.add('all', 'one');
    await settled();
    outbox.close();
    await port.answer(tooLong);
    expect(texts(new Outbox('session', 'ana', port))).toEqual(['one']);
  });

  test('survive a browser that keeps nothing', async () => {
    jest.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
      throw new DOMException('full', 'QuotaExceededError');
    });
    outbox.add('all', 'one');
    await settled();
    expect(port.sent).toHaveLength(1);
    jest.restoreAllMocks();
  });
});

describe('a line that came too fast', () => {
  const tooFast = (seconds: number): Given => ({
    ok: false,
    failure: { kind: 'refused', code: 'TOO_MANY_REQUESTS', details: { seconds } },
  });
  const sentTexts = (): string[] => port.sent.map((line) => line.text);
  const answered = async (answer: Given): Promise<void> => {
    void port.answer(answer);
    await jest.advanceTimersByTimeAsync(0);
  };
  const writeThree = async (): Promise<void> => {
    for (const text of ['one', 'two', 'three']) outbox.add('all', text);
    await jest.advanceTimersByTimeAsync(0);
  };

  beforeEach(() => void jest.useFakeTimers());
  afterEach(() => void jest.useRealTimers());

  test('is sent again under the same id when the server said, and before those behind it', async () => {
    await writeThree();
    await answered(tooFast(20));
    await jest.advanceTimersByTimeAsync(19_900);
    expect(sentTexts()).toEqual(['one']);
    await jest.advanceTimersByTimeAsync(200);
    expect(port.sent[1]).toEqual(port.sent[0]);
    await answered(ok);
    await answered(ok);
    expect(sentTexts()).toEqual(['one', 'one', 'two', 'three']);
    expect(outbox.refused()).toEqual([]);
  });

  test('says until when it waits, and those behind it say so too', async () => {
    await writeThree();
    await answered(ok);
    await answered(tooFast(20));
    const [until, isTooFast] = [Date.now() + 20_000, true];
    expect(outbox.lines().map((line) => line.waits)).toEqual([null, { until, isTooFast }, { until: null, isTooFast }]);
    await jest.advanceTimersByTimeAsync(20_000);
    expect(outbox.lines().map((line) => line.waits)).toEqual([null, null, null]);
  });

  test('can be withdrawn while it waits; the next one goes out in its place, no sooner', async () => {
    await writeThree();
    await answered(tooFast(20));
    outbox.discard(port.sent[0]?.commandId ?? '');
    expect(outbox.lines()).toMatchObject([{ text: 'two', waits: { until: Date.now() + 20_000 } }, { text: 'three' }]);
    await jest.advanceTimersByTimeAsync(19_900);
    expect(sentTexts()).toEqual(['one']);
    await jest.advanceTimersByTimeAsync(200);
    expect(sentTexts()).toEqual(['one', 'two']);
  });

  test('waits five minutes in all; then the person reads why, and the lines behind it wait no further five', async () => {
    await writeThree();
    for (let waits = 0; waits < 5; waits++) {
      await answered(tooFast(60));
      await jest.advanceTimersByTimeAsync(60_000);
    }
    for (let lines = 0; lines < 3; lines++) await answered(tooFast(60));
    expect(outbox.refused()).toMatchObject([{ text: 'one' }, { text: 'two' }, { text: 'three' }]);
    expect(outbox.refused()[0]?.refused).toMatchObject({ code: 'TOO_MANY_REQUESTS', details: { seconds: 60 } });
    outbox.add('all', 'four');
    await answered(tooFast(60));
    expect(outbox.lines().at(-1)?.waits).not.toBeNull();
  });

  test('is not waited for when the wait has no end', async () => {
    await writeThree();
    await answered(tooFast(3_600));
    expect(outbox.refused()).toMatchObject([{ text: 'one' }]);
  });

  test('is sent by the next page when this one is closed meanwhile', async () => {
    await writeThree();
    await answered(tooFast(20));
    outbox.close();
    await jest.advanceTimersByTimeAsync(60_000);
    expect(sentTexts()).toEqual(['one']);
    expect(texts(new Outbox('session', 'ana', port))).toEqual(['one', 'two', 'three']);
  });
});

describe('a line that the server cannot take at the moment', () => {
  beforeEach(() => void jest.useFakeTimers());
  afterEach(() => void jest.useRealTimers());

  test.each(['LOG_UNAVAILABLE', 'LOG_DISK_FULL', 'NOT_YET'] as const)(
    'because of %s waits, less and less often asked for, and goes out under the same id before those behind it',
    async (code) => {
      for (const text of ['one', 'two']) outbox.add('all', text);
      for (let times = 0; times < 6; times++) {
        await jest.advanceTimersByTimeAsync(0);
        void port.answer({ ok: false, failure: { kind: 'refused', code } });
        await jest.advanceTimersByTimeAsync(0);
        expect(outbox.lines()).toMatchObject([{ waits: { isTooFast: false } }, { waits: { until: null } }]);
        await jest.advanceTimersByTimeAsync(15_000);
      }
      void port.answer(ok);
      await jest.advanceTimersByTimeAsync(0);
      expect(port.sent.map((line) => line.text)).toEqual([...Array(7).fill('one'), 'two']);
      expect(new Set(port.sent.map((line) => line.commandId)).size).toBe(2);
      expect(outbox.refused()).toEqual([]);
    },
  );

  test('comes back to the person after five minutes', async () => {
    outbox.add('all', 'one');
    for (let times = 0; times < 60; times++) {
      await jest.advanceTimersByTimeAsync(15_000);
      void port.answer({ ok: false, failure: { kind: 'refused', code: 'LOG_UNAVAILABLE' } });
    }
    await jest.advanceTimersByTimeAsync(0);
    expect(outbox.refused()).toMatchObject([{ text: 'one', refused: { code: 'LOG_UNAVAILABLE' } }]);
  });
});

import { describe, expect, it } from '@jest/globals';
import type { Refusal } from '@deskside/domain';
import { FailedAttempts, guarded } from './failed-attempts';
import type { Guard } from './failed-attempts';

const rules = { most: 30, windowSeconds: 900, slowFrom: 1 };
const refusedFor = (minutes: number): Refusal => ({ code: 'TOO_MANY_TRIES', details: { minutes } });

class Given {
  now = 0;
  readonly waited: number[] = [];
  readonly attempts: FailedAttempts;

  constructor(kept?: number, more: Partial<typeof rules> = {}) {
    this.attempts = new FailedAttempts({ ...rules, ...more }, () => this.now, kept);
  }

  /** @returns the refusal when it was not looked at */
  async try(right: boolean, key = 'a', others: readonly Guard[] = []): Promise<'right' | 'wrong' | Refusal> {
    const pause = async (milliseconds: number): Promise<void> => void this.waited.push(milliseconds);
    const guards = [{ attempts: this.attempts, key }, ...others];
    const done = await guarded(
      guards,
      async () => right,
      (outcome) => !outcome,
      pause,
    );
    if ('refusal' in done) return done.refusal;
    return done.outcome ? 'right' : 'wrong';
  }

  async wrong(times: number, key?: string): Promise<void> {
    for (let n = 0; n < times; n++) await this.try(false, key);
  }
}

describe('wrong attempts', () => {
  it('make the next wait twice as long each time, from 250 ms to 8 s', async () => {
    const given = new Given();
    await given.wrong(9);
    expect(given.waited).toEqual([250, 500, 1000, 2000, 4000, 8000, 8000, 8000]);
  });

  it('are not looked at after the thirtieth until the window is over, which is told in minutes', async () => {
    const given = new Given();
    await given.wrong(30);
    expect(await given.try(true)).toEqual(refusedFor(15));
    given.now = 1_000;
    expect(await given.try(true)).toEqual(refusedFor(15));
    given.now = 840_000;
    expect(await given.try(true)).toEqual(refusedFor(1));
    given.now = 899_900;
    expect(await given.try(true)).toEqual(refusedFor(1));
    given.now = 900_000;
    expect(await given.try(true)).toBe('right');
    expect(given.waited.at(-1)).toBe(8000);
    given.waited.length = 0;
    expect(await given.try(true)).toBe('right');
    expect(given.waited).toEqual([]);
  });

  it('are no way in when a thousand are made at once', async () => {
    const given = new Given();
    const answers = await Promise.all(Array.from({ length: 1000 }, () => given.try(false)));
    expect(answers.filter((answer) => answer === 'wrong')).toHaveLength(30);
  });

  it('slow nobody else', async () => {
    const given = new Given();
    await given.wrong(31);
    given.waited.length = 0;
    expect(await given.try(true, 'b')).toBe('right');
    expect(given.waited).toEqual([]);
  });

  it('count at every guard, and what one refuses counts at none', async () => {
    const given = new Given();
    const of = new FailedAttempts({ ...rules, most: 2 }, () => 0);
    const address = { attempts: of, key: 'address' };
    await given.try(false, 'a', [address]);
    await given.try(false, 'b', [address]);
    expect(await given.try(true, 'c', [address])).toEqual(refusedFor(15));
    expect([given.attempts.size, of.size]).toEqual([2, 1]);
  });
});

describe('right attempts', () => {
  it('are not counted, however many there are at once', async () => {
    const given = new Given();
    for (let rounds = 0; rounds < 10; rounds++) {
      const answers = await Promise.all(Array.from({ length: 12 }, () => given.try(true)));
      expect(new Set(answers)).toEqual(new Set(['right']));
    }
    expect([given.waited, given.attempts.size]).toEqual([[], 0]);
  });

  it('leave the wrong ones before them as they were', async () => {
    const given = new Given();
    await given.wrong(1);
    await given.try(true);
    await given.wrong(1);
    expect(given.waited).toEqual([250, 250]);
  });
});

it('an attempt that breaks off takes its place back', async () => {
  const given = new Given(undefined, { most: 1 });
  const guards = [{ attempts: given.attempts, key: 'a' }];
  const broken = guarded(
    guards,
    () => Promise.reject(new Error('no disk')),
    () => false,
  );
  await expect(broken).rejects.toThrow('no disk');
  expect(await given.try(true)).toBe('right');
});

it('what begins to be slow late lets the first ones pass at once', async () => {
  const given = new Given(undefined, { most: Number.POSITIVE_INFINITY, slowFrom: 100 });
  await given.wrong(101);
  expect(given.waited).toEqual([250]);
});

it('keeps no more than its bound, whoever guesses under however many names', async () => {
  const given = new Given(10);
  for (let n = 0; n < 1000; n++) await given.try(false, `name ${n}`);
  expect(given.attempts.size).toBe(10);
});

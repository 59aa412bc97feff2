import { describe, expect, it } from '@jest/globals';
import { Throttle } from './throttle';

/** A throttle that notes how long it would have waited. */
function throttle(): { throttle: Throttle; waited: number[] } {
  const waited: number[] = [];
  return { waited, throttle: new Throttle('test', async (milliseconds) => void waited.push(milliseconds)) };
}

describe('tries of one caller', () => {
  it('wait twice as long each time, from 250 ms to 8 s', async () => {
    const { throttle: slow, waited } = throttle();
    for (let tries = 0; tries < 9; tries++) expect(await slow.admit(['a'])).toEqual({ ok: true, value: undefined });
    expect(waited).toEqual([250, 500, 1000, 2000, 4000, 8000, 8000, 8000]);
  });

  it('are not looked at after the thirtieth', async () => {
    const { throttle: slow, waited } = throttle();
    for (let tries = 0; tries < 30; tries++) expect(await slow.admit(['a'])).toMatchObject({ ok: true });
    const before = waited.length;
    expect(await slow.admit(['a'])).toEqual({
      ok: false,
      refusal: { code: 'TOO_MANY_TRIES', details: { seconds: expect.any(Number) } },
    });
    expect(waited).toHaveLength(before);
  });

  it('do not slow others', async () => {
    const { throttle: slow, waited } = throttle();
    for (let tries = 0; tries < 31; tries++) await slow.admit(['a']);
    waited.length = 0;
    expect(await slow.admit(['b'])).toMatchObject({ ok: true });
    expect(waited).toEqual([]);
  });

  it('count for the worst of address and account', async () => {
    const { throttle: slow } = throttle();
    for (let tries = 0; tries < 30; tries++) await slow.admit([`address ${tries}`, 'email x']);
    expect(await slow.admit(['address new', 'email x'])).toMatchObject({ ok: false });
  });

  it('that succeed take themselves back, and no earlier ones', async () => {
    const { throttle: slow, waited } = throttle();
    await slow.admit(['a']);
    await slow.admit(['a']);
    await slow.succeeded(['a']);
    await slow.admit(['a']);
    expect(waited).toEqual([250, 250]);
  });
});

import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { stopInOrder } from './stop-in-order';

describe('a stop', () => {
  const log = { error: jest.fn() };
  const stopped: string[] = [];
  const step = (name: string, outcome: () => unknown = () => undefined) => ({
    name,
    stop: () => {
      stopped.push(name);
      return outcome();
    },
  });
  beforeEach(() => void jest.useFakeTimers());
  afterEach(() => {
    jest.useRealTimers();
    log.error.mockReset();
    stopped.length = 0;
  });

  it('is quiet when all goes well', async () => {
    await stopInOrder([step('pages'), step('vault', async () => 1)], log);
    expect(stopped).toEqual(['pages', 'vault']);
    expect(log.error).not.toHaveBeenCalled();
    expect(jest.getTimerCount()).toBe(0);
  });

  it('passes over what throws or rejects, tells each, and says so at its end', async () => {
    const why = new Error('no');
    const throwing = step('mail', () => {
      throw why;
    });
    const all = [throwing, step('media', () => Promise.reject(why)), step('event log'), step('vault')];
    await expect(stopInOrder(all, log)).rejects.toThrow('not cleanly: mail, media.');
    expect(stopped).toEqual(['mail', 'media', 'event log', 'vault']);
    expect(log.error.mock.calls).toEqual([
      ['not stopped cleanly: mail', why],
      ['not stopped cleanly: media', why],
    ]);
  });

  it('passes over what does not come to its end: all of it together takes little longer than one', async () => {
    const never = (): Promise<never> => new Promise(() => undefined);
    const names = ['pages', 'mail', 'media', 'event log', 'vault'];
    const before = Date.now();
    const stop = stopInOrder([...names.map((name) => step(name, never)), step('folder')], log);
    const refused = expect(stop).rejects.toThrow(`not cleanly: ${names.join(', ')}.`);
    await jest.runAllTimersAsync();
    await refused;
    expect(stopped).toEqual([...names, 'folder']);
    expect(Date.now() - before).toBe(6000 + 4 * 1000);
    expect(log.error.mock.calls[0]?.[1]).toEqual(new Error('it has not ended within 6000 ms'));
  });

  it('gives one its own time, which is not taken from that of the others', async () => {
    const after = (ms: number) => () => new Promise((resolve) => setTimeout(resolve, ms));
    const all = [{ ...step('media', after(9000)), patienceMs: 10_000 }, step('log', after(5000))];
    const stop = stopInOrder(all, log);
    await jest.runAllTimersAsync();
    await stop;
    expect(stopped).toEqual(['media', 'log']);
  });
});

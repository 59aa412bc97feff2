import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Log } from './logger';

interface Written {
  readonly msg: string;
  readonly level: number;
  readonly more?: number;
  readonly error?: { readonly name: string; readonly reason: string; readonly stack?: string };
}

let lines: Written[];
let log: Log;
beforeEach(() => {
  jest.useFakeTimers();
  lines = [];
  log = new Log('info', { write: (line) => void lines.push(JSON.parse(line) as Written) });
});
afterEach(() => void jest.useRealTimers());

const fail = (times: number, reason = 'no such thing'): void => {
  for (let time = 0; time < times; time++) log.error('an operation failed', new TypeError(reason));
};

describe('a line of the log', () => {
  it('is written with what broke and where', () => {
    fail(1);
    expect(lines).toEqual([expect.objectContaining({ msg: 'an operation failed', level: 50 })]);
    expect(lines[0]?.error).toMatchObject({ name: 'TypeError', reason: 'no such thing' });
    expect(lines[0]?.error?.stack).toContain('logger.unit.spec');
  });

  it('that comes again and again is written ten times in a minute, and then counted', () => {
    fail(4222);
    expect(lines).toHaveLength(10);
    jest.advanceTimersByTime(60_000);
    expect(lines).toHaveLength(11);
    expect(lines[10]).toMatchObject({ msg: 'an operation failed (4,212 more times in a minute)', more: 4212 });
    expect(lines[10]?.error).toEqual({ name: 'TypeError', reason: 'no such thing' });
    fail(1);
    expect(lines).toHaveLength(12);
    jest.advanceTimersByTime(60_000);
    expect(lines).toHaveLength(12);
  });

  it('does not keep another from being written', () => {
    fail(100);
    fail(1, 'another thing');
    log.warn('waiting', { code: 'A' });
    log.info('an operation failed');
    expect(lines).toHaveLength(13);
  });

  it('of which there are endlessly many is counted as well', () => {
    for (let n = 0; n < 100_000; n++) fail(1, `no thing ${n}`);
    expect(lines).toHaveLength(110);
    jest.advanceTimersByTime(60_000);
    expect(lines).toHaveLength(111);
    expect(lines[110]).toMatchObject({ msg: 'other lines (99,890 more times in a minute)', more: 99_890 });
  });

  it('about what was to be expected has no stack', () => {
    log.error('background work failed', Object.assign(new Error('It cannot be reached.'), { code: 'LOG_UNAVAILABLE' }));
    expect(lines[0]?.error).toEqual({ name: 'Error', reason: 'It cannot be reached.' });
  });

  it('is told of whatever was thrown', () => {
    for (const thrown of [null, undefined, 'text', 7, { a: 1 }]) log.error('odd', thrown);
    expect(lines.map(({ error }) => error?.reason)).toEqual(['null', 'undefined', 'text', '7', '[object Object]']);
  });
});

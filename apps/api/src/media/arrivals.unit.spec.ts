import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Arrivals } from './arrivals';

const looks: string[] = [];
let arrivals: Arrivals;
beforeEach(() => {
  jest.useFakeTimers();
  looks.length = 0;
  arrivals = new Arrivals((room) => looks.push(room));
});
afterEach(() => void jest.useRealTimers());

describe('looks after an arrival', () => {
  it('are a few, farther and farther apart, and leave nothing behind', () => {
    arrivals.expect('room');
    for (const [after, so] of [
      [50, 1],
      [450, 2],
      [1000, 3],
      [2500, 4],
    ] as const) {
      jest.advanceTimersByTime(after);
      expect(looks).toHaveLength(so);
    }
    expect(jest.getTimerCount()).toBe(0);
  });

  it('wait with one timer a room, however many come, and are not put off by those who come later', () => {
    for (let times = 0; times < 1000; times += 1) arrivals.expect('room');
    arrivals.expect('another room');
    expect(jest.getTimerCount()).toBe(2);
    for (let times = 0; times < 10; times += 1) {
      jest.advanceTimersByTime(20);
      arrivals.expect('room');
    }
    expect(looks.filter((room) => room === 'room').length).toBeGreaterThanOrEqual(3);
    expect(jest.getTimerCount()).toBe(2);
  });

  it('end with the server', () => {
    arrivals.expect('room');
    arrivals.close();
    expect(jest.getTimerCount()).toBe(0);
  });
});

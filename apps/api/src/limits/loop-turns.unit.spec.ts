import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { LoopTurns } from './loop-turns';

let turns: LoopTurns;
let done: string[];
beforeEach(() => {
  jest.useFakeTimers({ doNotFake: ['performance'] });
  turns = new LoopTurns();
  done = [];
});
afterEach(() => {
  jest.useRealTimers();
});

const work = (owner: string, name = owner): void => turns.run(owner, () => done.push(name));
const nextTurn = (): string[] => {
  done = [];
  jest.advanceTimersToNextTimer();
  return done;
};

describe('turns of the event loop', () => {
  it('do the first work of everybody at once, and the further ones one by one in their order', () => {
    for (const name of ['1', '2', '3']) work('greedy', name);
    work('a');
    expect(done).toEqual(['1', 'a']);
    expect([nextTurn(), nextTurn(), nextTurn()]).toEqual([['2'], ['3'], []]);
    expect([turns.size, jest.getTimerCount()]).toEqual([0, 0]);
  });

  it('let nobody wait who comes while somebody has much waiting', () => {
    for (let n = 0; n < 1000; n++) work('greedy', String(n));
    expect(nextTurn()).toEqual(['1']);
    work('a');
    expect(done).toEqual(['1', 'a']);
  });

  it('take no work before those that wait already', () => {
    for (const name of ['1', '2']) work('a', name);
    turns.run('a', () => work('a', 'of the third'));
    expect(nextTurn()).toEqual(['2']);
    work('a', '4');
    expect([nextTurn(), nextTurn(), nextTurn()]).toEqual([[], ['4'], ['of the third']]);
  });

  it('go on after a work that throws', () => {
    for (const owner of ['a', 'b']) {
      work(owner);
      turns.run(owner, () => {
        if (owner === 'a') throw new Error('mine');
        done.push('second of b');
      });
    }
    expect(nextTurn).toThrow('mine');
    expect(nextTurn()).toEqual(['second of b']);
  });
});

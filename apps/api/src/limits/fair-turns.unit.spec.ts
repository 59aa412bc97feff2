import { describe, expect, it } from '@jest/globals';
import { FairTurns } from './fair-turns';

const turnsOf = (atOnce: number, mostWaiting = 100): FairTurns =>
  new FairTurns({ atOnce, mostWaiting, refusal: () => new Error('too much') });

describe('fair turns', () => {
  it('let nobody wait for more than one work of anybody else', async () => {
    const turns = turnsOf(1);
    const done: string[] = [];
    const work = (owner: string): Promise<void> => turns.run(owner, async () => void done.push(owner));
    const all = [...Array.from({ length: 50 }, () => work('greedy')), work('a'), work('b'), work('a')];
    await Promise.all(all);
    expect(done.slice(0, 6)).toEqual(['greedy', 'greedy', 'a', 'b', 'greedy', 'a']);
    expect(done).toHaveLength(53);
  });

  it('run no more at once than they may, and come to an end', async () => {
    const turns = turnsOf(2);
    let [running, most] = [0, 0];
    const work = async (): Promise<void> => {
      most = Math.max(most, (running += 1));
      await new Promise((resolve) => setImmediate(resolve));
      running -= 1;
    };
    await Promise.all(Array.from({ length: 20 }, (_, n) => turns.run(String(n % 3), work)));
    expect(most).toBe(2);
  });

  it('give back what a work gives or throws, and go on', async () => {
    const turns = turnsOf(1);
    const failing = turns.run('a', () => Promise.reject(new Error('mine')));
    const fine = turns.run('a', async () => 7);
    await expect(failing).rejects.toThrow('mine');
    expect(await fine).toBe(7);
  });

  it('refuse what is more than may wait, of that owner only', async () => {
    const turns = turnsOf(1, 2);
    const asked = Array.from({ length: 4 }, () =>
      turns.run('a', async () => 'done').catch((error: unknown) => (error as Error).message),
    );
    const other = turns.run('b', async () => 'b');
    const answers = await Promise.all(asked);
    // The first runs at once, two wait.
    expect(answers).toEqual(['done', 'done', 'done', 'too much']);
    expect(await other).toBe('b');
  });
});

import { describe, expect, it } from '@jest/globals';
import { Mailbox } from './mailbox';

const limit = 5000;

describe('a mailbox', () => {
  it('gives what was pushed, in order, and waits for more', async () => {
    const mailbox = new Mailbox<number>();
    mailbox.push(1);
    mailbox.push(2);
    expect(await mailbox.take()).toEqual([1, 2]);
    const waiting = mailbox.take();
    mailbox.push(3);
    expect(await waiting).toEqual([3]);
  });

  it('gives one by one when it is read as an iterator', async () => {
    const mailbox = new Mailbox<number>();
    for (const n of [1, 2, 3]) mailbox.push(n);
    mailbox.end();
    const read: number[] = [];
    for await (const n of mailbox) read.push(n);
    expect(read).toEqual([1, 2, 3]);
  });

  it('ends whoever waits, tells that it has ended once, and takes nothing more', async () => {
    let ends = 0;
    const mailbox = new Mailbox<number>(() => (ends += 1));
    const waiting = mailbox.take();
    mailbox.end();
    mailbox.end();
    await mailbox.return();
    expect(await waiting).toBeNull();
    mailbox.push(1);
    expect(await mailbox.take()).toBeNull();
    expect(await mailbox.next()).toEqual({ done: true, value: undefined });
    expect(ends).toBe(1);
  });

  it('cuts off a watcher who lets more than its limit wait, and keeps no more than that for him', async () => {
    let ended = false;
    const mailbox = new Mailbox<number>(() => (ended = true));
    for (let n = 0; n < limit; n++) mailbox.push(n);
    expect(ended).toBe(false);
    for (let n = 0; n < limit; n++) mailbox.push(limit + n);
    expect(ended).toBe(true);
    expect(await mailbox.take()).toHaveLength(limit + 1);
    expect(await mailbox.take()).toBeNull();
  });
});

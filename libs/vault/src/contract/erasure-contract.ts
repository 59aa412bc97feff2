import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, it } from '@jest/globals';
import type { ErasedKey, SealedText } from '@deskside/domain';
import { openedText } from '../personal-payload';
import { SubjectErased } from '../subject-erased';
import { TextUnreadable } from '../text-unreadable';
import { place, sealOne, textOf } from './sealing-contract';
import type { Current } from './sealing-contract';

export function erasureContract(current: Current): void {
  const owner = { subject: 'customer-1', class: 'content' } as const;

  it('a destroyed key opens nothing any more, also after a restart; others are as they were', async () => {
    const { vault, reopen } = current();
    const shared = await sealOne(vault, textOf('customer-1', 'Ana'));
    const line = await sealOne(vault, textOf('customer-1', 'a line', true));
    const other = await sealOne(vault, textOf('customer-2', 'Ben'));
    await vault.destroy([owner]);
    for (const open of [async () => vault, reopen]) {
      const opened = await open();
      expect(await opened.open(shared, place)).toBeNull();
      expect(await opened.open(line, place)).toBeNull();
      expect(await opened.open(other, place)).toBe('Ben');
      expect(await opened.holds(owner)).toBe(false);
      expect(await opened.holds({ ...owner, subject: 'customer-2' })).toBe(true);
    }
  });

  it('one item is destroyed without its neighbours', async () => {
    const { vault } = current();
    const lines = [textOf('customer-1', 'one', true), textOf('customer-1', 'two', true)];
    const prepared = await vault.prepare([...lines, textOf('customer-1', 'shared')]);
    const [one, two] = lines.map((line) => prepared.seal(line, place));
    if (!one || !two) throw new Error('two lines were sealed');
    await vault.destroy([{ ...owner, item: one.item ?? -1 }]);
    expect(await vault.open(one, place)).toBeNull();
    expect(await vault.open(two, place)).toBe('two');
    expect(await vault.holds(owner)).toBe(true);
    expect(await vault.holds({ ...owner, item: one.item ?? -1 })).toBe(false);
    expect(await vault.holds({ ...owner, item: two.item ?? -1 })).toBe(true);
    await sealOne(vault, textOf('customer-1', 'three', true));
  });

  it('a key that is not there is erased only when it was destroyed, else its text cannot be read', async () => {
    const { vault, reopen } = current();
    const shared = await sealOne(vault, textOf('customer-1', 'Ana'));
    const line = await sealOne(vault, textOf('customer-1', 'a line', true));
    const lost: SealedText[] = [
      { ...shared, subject: 'customer-9' },
      { ...shared, class: 'identity' },
      { ...line, item: 7 },
    ];
    await vault.destroy([{ ...owner, item: line.item ?? -1 }]);
    const opened = await reopen();
    expect(await openedText(opened, line, place)).toEqual({ erased: true });
    for (const text of lost) {
      await expect(opened.open(text, place)).rejects.toBeInstanceOf(TextUnreadable);
      expect(await openedText(opened, text, place)).toEqual({ unreadable: true });
    }
    await opened.destroy([owner]);
    expect(await openedText(opened, { ...line, item: 7 }, place)).toEqual({ erased: true });
  });

  it.each([false, true])('an erased subject is never written again (own key: %s)', async (ownKey) => {
    const { vault, reopen } = current();
    await sealOne(vault, textOf('customer-1', 'Ana', ownKey));
    await vault.destroy([owner]);
    for (const open of [async () => vault, reopen]) {
      const opened = await open();
      const refused = opened.prepare([textOf('customer-2', 'Ben'), textOf('customer-1', 'Ana', ownKey)]);
      await expect(refused).rejects.toBeInstanceOf(SubjectErased);
      await expect(refused).rejects.toMatchObject({ code: 'SUBJECT_ERASED' });
    }
  });

  it('unknown keys are no error, twice changes nothing, and an unknown subject is not made afterwards', async () => {
    const { vault } = current();
    await vault.destroy([owner, { subject: 'customer-9', class: 'identity', item: 7 }]);
    await vault.destroy([owner]);
    await vault.destroy([]);
    await expect(vault.prepare([textOf('customer-1', 'Ana')])).rejects.toBeInstanceOf(SubjectErased);
    expect(await vault.holds(owner)).toBe(false);
  });

  it('another process that held the key has it no longer, from its next turn on', async () => {
    const { vault, openSecond } = current();
    const sealed = await sealOne(vault, textOf('customer-1', 'Ana'));
    const second = await openSecond();
    expect(await second.open(sealed, place)).toBe('Ana');
    await vault.destroy([owner]);
    await nextTurn();
    expect(await second.open(sealed, place)).toBeNull();
    await second.close();
  });

  it('no byte of a destroyed key stays in any file, among many keys in any order', async () => {
    const { vault, wrappedKeys, everyByte } = current();
    const subjects = Array.from({ length: 300 }, (_, at) => `customer-${(at * 7919) % 1000}`);
    for (const subject of subjects) await vault.prepare([textOf(subject, 'x')]);
    const lines = Array.from({ length: 200 }, () => textOf('customer-1', 'x', true));
    const prepared = await vault.prepare(lines);
    const items = lines.map((line) => prepared.seal(line, place).item ?? -1);
    const before = await wrappedKeys();
    expect(before.length).toBeGreaterThanOrEqual(500);
    const present = await everyByte();
    expect(before.every((key) => present.includes(key))).toBe(true);

    const erased = subjects.filter((_, at) => at % 3 === 0);
    await vault.destroy(erased.map((subject) => ({ subject, class: 'content' })));
    for (const item of items.slice(0, 50)) await vault.destroy([{ ...owner, item }]);
    for (const subject of ['later-1', 'later-2']) await vault.prepare([textOf(subject, 'x', true)]);

    await vault.whenTraceless();
    const after = new Set((await wrappedKeys()).map((key) => Buffer.from(key).toString('hex')));
    const gone = before.filter((key) => !after.has(Buffer.from(key).toString('hex')));
    expect(gone).toHaveLength(erased.length + 50);
    const bytes = await everyByte();
    // Also parts: a copy of which only the end was overwritten would do.
    expect(gone.filter((key) => bytes.includes(key.subarray(12, 28)) || bytes.includes(key.subarray(40)))).toEqual([]);
  });

  it('texts prepared in one turn with an erased one are prepared, only that one is refused', async () => {
    const { vault } = current();
    await vault.destroy([owner]);
    const [before, erased, after] = await Promise.allSettled([
      sealOne(vault, textOf('customer-2', 'Ben')),
      sealOne(vault, textOf('customer-1', 'Ana')),
      sealOne(vault, textOf('customer-3', 'a line', true)),
    ]);
    expect([before.status, erased.status, after.status]).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(erased).toMatchObject({ reason: { code: 'SUBJECT_ERASED' } });
    if (after.status === 'fulfilled') expect(await vault.open(after.value, place)).toBe('a line');
  });

  it('remembers how far the erasures of the log were applied', async () => {
    const { vault, reopen } = current();
    expect(await vault.erasuresAppliedUpTo()).toBeNull();
    const mark = { stream: 'access-1', revision: '9007199254740995', hash: 'ab'.repeat(32) };
    await vault.setErasuresAppliedUpTo({ ...mark, revision: '12' });
    await vault.setErasuresAppliedUpTo(mark);
    expect(await (await reopen()).erasuresAppliedUpTo()).toEqual(mark);
  });

  it('says which keys are not destroyed, and of whom it knows nothing that they could still be written', async () => {
    const { vault, reopen } = current();
    const [line, other] = [textOf('customer-1', 'one', true), textOf('customer-1', 'two', true)];
    const prepared = await vault.prepare([line, other]);
    const [gone, kept] = [line, other].map((text): ErasedKey => ({
      ...owner,
      item: prepared.seal(text, place).item ?? -1,
    }));
    if (!gone || !kept) throw new Error('two lines were sealed');
    // Of this subject there are keys of lines alone, and of the next one none.
    const unknown = { subject: 'customer-9', class: 'identity' } as const;
    const all = [owner, gone, kept, unknown, { ...unknown, item: 7 }];
    await vault.destroy([gone]);
    expect(await vault.undestroyed(all)).toEqual([owner, kept, unknown]);
    await vault.destroy([owner, unknown]);
    expect(await vault.undestroyed(all)).toEqual([]);
    expect(await (await reopen()).undestroyed(all)).toEqual([]);
  });
}

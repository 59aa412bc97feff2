import { expect, it } from '@jest/globals';
import type { StoredSecret } from '../vault';
import type { Current } from './sealing-contract';

const now = new Date('2026-01-01T12:00:00.000Z');
const later = new Date('2026-01-01T12:00:01.000Z');

function secretOf(id: string, more: Partial<StoredSecret> = {}): StoredSecret {
  return { kind: 'link', id, owner: 'customer-1', value: { hash: `hash-of-${id}` }, expiresAt: null, ...more };
}

export function secretContract(current: Current): void {
  it('gives back what was put, by kind and id, also after a restart', async () => {
    const { vault, reopen } = current();
    const secret = secretOf('1', { value: { hash: 'Grüße', list: [1, null] }, expiresAt: later });
    await vault.put(secret);
    await vault.put(secretOf('1', { kind: 'sign-in', value: 7 }));
    const opened = await reopen();
    expect(await opened.get('link', '1', now)).toEqual(secret);
    expect(await opened.get('sign-in', '1', now)).toMatchObject({ value: 7, expiresAt: null });
    expect(await opened.get('link', '2', now)).toBeNull();
  });

  it('putting again replaces', async () => {
    const { vault } = current();
    await vault.put(secretOf('1'));
    await vault.put(secretOf('1', { owner: 'customer-2', value: 'new' }));
    expect(await vault.get('link', '1', now)).toMatchObject({ owner: 'customer-2', value: 'new' });
  });

  it('is there and gone for another process as for the one that wrote', async () => {
    const { vault, openSecond } = current();
    const second = await openSecond();
    for (const [writer, reader] of [
      [vault, second],
      [second, vault],
    ] as const) {
      await writer.put(secretOf('1'));
      expect(await reader.get('link', '1', now)).not.toBeNull();
      await writer.remove('link', '1');
      expect(await reader.get('link', '1', now)).toBeNull();
    }
    await second.close();
  });

  it('is gone from the moment it expires', async () => {
    const { vault } = current();
    await vault.put(secretOf('1', { expiresAt: later }));
    expect(await vault.get('link', '1', now)).not.toBeNull();
    expect(await vault.get('link', '1', later)).toBeNull();
  });

  it('sweep removes what has expired, nothing else, and says how many', async () => {
    const { vault, sealedSecrets } = current();
    await vault.put(secretOf('1', { expiresAt: now }));
    await vault.put(secretOf('2', { expiresAt: now }));
    await vault.put(secretOf('3', { expiresAt: later }));
    await vault.put(secretOf('4'));
    expect(await vault.sweep(now)).toBe(2);
    expect(await vault.sweep(now)).toBe(0);
    expect(await sealedSecrets()).toHaveLength(2);
    expect(await vault.get('link', '3', now)).not.toBeNull();
  });

  it("removes one, or all of an owner's of some kinds", async () => {
    const { vault } = current();
    await vault.put(secretOf('1'));
    await vault.put(secretOf('2', { kind: 'sign-in' }));
    await vault.put(secretOf('3', { kind: 'bearer' }));
    await vault.put(secretOf('4', { owner: 'customer-2' }));
    expect(await vault.removeOwned('customer-1', ['link', 'sign-in'])).toBe(2);
    expect(await vault.removeOwned('customer-1', [])).toBe(0);
    expect(await vault.get('bearer', '3', now)).not.toBeNull();
    expect(await vault.get('link', '4', now)).not.toBeNull();
    await vault.remove('bearer', '3');
    await vault.remove('bearer', '3');
    expect(await vault.get('bearer', '3', now)).toBeNull();
  });

  it('no byte of a removed, swept or replaced secret stays, sealed or in the clear', async () => {
    const { vault, sealedSecrets, everyByte } = current();
    const numbers = Array.from({ length: 120 }, (_, at) => String((at * 7919) % 1000));
    for (const id of numbers) await vault.put(secretOf(id, { value: `secret-${id}-`.repeat(12), expiresAt: later }));
    const before = await sealedSecrets();
    expect((await everyByte()).includes('secret-0-')).toBe(false);
    for (const [at, id] of numbers.entries()) {
      if (at % 2 === 0) await vault.remove('link', id);
      else await vault.put(secretOf(id, { value: 'new', expiresAt: now }));
    }
    await vault.sweep(now);
    expect(await sealedSecrets()).toHaveLength(0);
    await vault.whenTraceless();
    const bytes = await everyByte();
    expect(
      before.filter((sealed) => bytes.includes(sealed.subarray(12, 28)) || bytes.includes(sealed.subarray(-20))),
    ).toEqual([]);
  });
}

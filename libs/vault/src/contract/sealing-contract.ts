import { expect, it } from '@jest/globals';
import { UnsealedText } from '@deskside/domain';
import type { PersonalSubject, SealedText } from '@deskside/domain';
import { openPayload, sealPayload, unsealedTextsIn } from '../personal-payload';
import { TextUnreadable } from '../text-unreadable';
import type { FieldPlace, Vault } from '../vault';
import type { VaultHarness } from './vault-harness';

/** Gives the harness of the running test. */
export type Current = () => VaultHarness;

export const place: FieldPlace = { eventId: 'event-1', path: 'text' };

export function textOf(subject: PersonalSubject, text: string, ownKey = false): UnsealedText {
  return new UnsealedText(text, { subject, class: 'content', ownKey });
}

/** Prepares and seals one text. */
export async function sealOne(vault: Vault, text: UnsealedText, at: FieldPlace = place): Promise<SealedText> {
  return (await vault.prepare([text])).seal(text, at);
}

export function sealingContract(current: Current): void {
  it.each(['', 'Ana', 'Grüße 你好 🙂', 'x'.repeat(100_000)])(
    'opens what it sealed, also after a restart',
    async (text) => {
      const { vault, reopen } = current();
      const sealed = await sealOne(vault, textOf('customer-1', text));
      expect(await vault.open(sealed, place)).toBe(text);
      expect(await (await reopen()).open(sealed, place)).toBe(text);
    },
  );

  it('seals the same text with another nonce and another ciphertext each time', async () => {
    const { vault } = current();
    const text = textOf('customer-1', 'Ana');
    const prepared = await vault.prepare([text]);
    const sealed = Array.from({ length: 600 }, () => prepared.seal(text, place));
    expect(new Set(sealed.map(({ nonce }) => nonce)).size).toBe(600);
    expect(new Set(sealed.map(({ ciphertext }) => ciphertext)).size).toBe(600);
  });

  it('refuses a ciphertext that was changed or moved to another event, field, subject, class or item', async () => {
    const { vault } = current();
    await sealOne(vault, textOf('customer-2', 'somebody else'));
    await sealOne(vault, new UnsealedText('name', { subject: 'customer-1', class: 'identity' }));
    const own = await sealOne(vault, textOf('customer-1', 'a line', true));
    const sealed = await sealOne(vault, textOf('customer-1', 'Ana'));
    const bytes = Buffer.from(sealed.ciphertext, 'base64url');
    bytes.writeUInt8(bytes.readUInt8(0) ^ 1, 0);
    const moved: [SealedText, FieldPlace][] = [
      [sealed, { ...place, eventId: 'event-2' }],
      [sealed, { ...place, path: 'name' }],
      [{ ...sealed, subject: 'customer-2' }, place],
      [{ ...sealed, class: 'identity' }, place],
      [{ ...sealed, item: own.item ?? -1 }, place],
      [{ ...sealed, ciphertext: bytes.toString('base64url') }, place],
      [{ ...sealed, ciphertext: sealed.ciphertext.slice(0, 8) }, place],
      [{ ...sealed, nonce: own.nonce }, place],
      ...[{ nonce: 7 }, { ciphertext: null }, { subject: {} }, { item: true }].map(
        (other): [SealedText, FieldPlace] => [{ ...sealed, ...other } as SealedText, place],
      ),
    ];
    for (const [text, where] of moved) await expect(vault.open(text, where)).rejects.toBeInstanceOf(TextUnreadable);
    expect(await vault.open(sealed, place)).toBe('Ana');
  });

  it('gives every text that asks for one a key of its own, also over crashes', async () => {
    const { crash, vault: first } = current();
    const items: (number | undefined)[] = [];
    let vault = first;
    for (let round = 0; round < 4; round++) {
      const lines = Array.from({ length: 37 }, (_, at) => textOf('supportSession-1', `line ${at}`, true));
      const prepared = await vault.prepare(lines);
      items.push(...lines.map((line) => prepared.seal(line, place).item));
      if (round % 2 === 1) vault = await crash();
    }
    expect(items).not.toContain(undefined);
    expect(new Set(items).size).toBe(4 * 37);
    expect(items.every((item) => Number.isSafeInteger(item))).toBe(true);
  });

  it('keeps the item of a text that is sealed again', async () => {
    const { vault } = current();
    const line = textOf('supportSession-1', 'line', true);
    const prepared = await vault.prepare([line]);
    expect(prepared.seal(line, place).item).toBe(prepared.seal(line, place).item);
  });

  it('has a key durable before it can be used', async () => {
    const { vault, crash } = current();
    const texts = [textOf('customer-1', 'Ana'), textOf('supportSession-1', 'line', true)];
    const prepared = await vault.prepare(texts);
    const opened = await crash();
    const sealed = texts.map((text) => prepared.seal(text, place));
    expect(await Promise.all(sealed.map((text) => opened.open(text, place)))).toEqual(['Ana', 'line']);
  });

  it('refuses to seal a text that was not prepared', async () => {
    const { vault } = current();
    const prepared = await vault.prepare([textOf('customer-1', 'Ana')]);
    expect(() => prepared.seal(textOf('customer-1', 'Ben'), place)).toThrow('prepared');
  });

  it('seals and opens all personal texts of a payload in their places', async () => {
    const { vault } = current();
    const payload = {
      name: textOf('customer-1', 'Ana'),
      answers: [{ text: textOf('supportSession-1', 'yes', true) }, { text: 'not personal' }],
      count: 3,
      nothing: null,
    };
    const texts = unsealedTextsIn(payload);
    expect(texts.map((text) => text.reveal())).toEqual(['Ana', 'yes']);
    const sealed = sealPayload(payload, 'event-1', await vault.prepare(texts)) as typeof payload;
    const stored: unknown = JSON.parse(JSON.stringify(sealed));
    expect(JSON.stringify(stored)).not.toContain('Ana');
    expect(await openPayload(stored, 'event-1', vault)).toEqual({
      name: 'Ana',
      answers: [{ text: 'yes' }, { text: 'not personal' }],
      count: 3,
      nothing: null,
    });
    // What was moved does not open, and is not erased.
    expect(await openPayload(stored, 'event-2', vault)).toMatchObject({
      name: { unreadable: true },
      answers: [{ text: { unreadable: true } }, { text: 'not personal' }],
    });
    await vault.destroy([{ subject: 'customer-1', class: 'content' }]);
    expect(await openPayload(stored, 'event-1', vault)).toMatchObject({
      name: { erased: true },
      answers: [{ text: 'yes' }, {}],
    });
  });

  it('shares nothing between subjects and holds no text in the clear', async () => {
    const { vault, everyByte } = current();
    await sealOne(vault, textOf('customer-1', 'a-very-personal-text'));
    expect((await everyByte()).includes('a-very-personal-text')).toBe(false);
  });
}

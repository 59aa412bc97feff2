import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { OutgoingMail } from '../mail';
import { messageIdOf } from '../message-id';
import type { MailHarness, OpenMailHarness } from './mail-harness';

const invitation: OutgoingMail = {
  id: '5f0c7a52-2f0f-4f3e-8a0c-3f7b5d9b6f11.1',
  owner: 'supportSession-1',
  to: 'ana@example.org',
  subject: 'Help from Example',
  text: 'Hello Ana.\n\nYour number is 482 913 057.\n',
  html: '<p>Hello Ana.</p>',
  locale: 'en',
};

/** Everything that the port promises, for any adapter. `open` makes an empty mailbox at the other end for each test. */
export function mailContract(name: string, open: OpenMailHarness): void {
  describe(`mail contract: ${name}`, () => {
    let harness: MailHarness;
    beforeEach(async () => {
      harness = await open();
    });
    afterEach(() => harness.dispose());

    it('takes a mail to its recipient as it was written', async () => {
      expect(await harness.mail.send(invitation)).toMatchObject({ ok: true });
      expect(await harness.received()).toEqual([
        {
          messageId: messageIdOf(invitation.id, harness.mail.from),
          from: harness.mail.from,
          ...{ to: invitation.to, subject: invitation.subject, text: invitation.text, html: invitation.html },
        },
      ]);
    });

    it('gives the same id the same Message-ID, and another id another one', async () => {
      for (const id of ['one.1', 'one.1', 'one.2']) await harness.mail.send({ ...invitation, id });
      const [first, again, other] = (await harness.received()).map(({ messageId }) => messageId);
      expect(again).toBe(first);
      expect(other).not.toBe(first);
    });

    it.each([
      ['Serbian', 'Помоћ од „Пример“', 'Број је 482 913 057 — đ š č ć ž.\n'],
      ['Chinese', '範例公司邀請您', '您的號碼是 482 913 057。😀\n'],
      ['a line of more than a thousand signs', 'Long', `${'word '.repeat(400)}end\n`],
      ['a dot alone on a line', 'Dots', 'before\n.\nafter\n'],
    ])('keeps every letter: %s', async (_, subject, text) => {
      await harness.mail.send({ ...invitation, subject, text });
      expect(await harness.received()).toMatchObject([{ subject, text }]);
    });

    it('lets no line break in a subject begin a header of its own', async () => {
      const subject = 'Help\r\nBcc: everybody@example.org\r\n\r\n<b>hi</b>';
      await harness.mail.send({ ...invitation, subject });
      expect(await harness.received()).toMatchObject([
        { to: invitation.to, subject: 'Help Bcc: everybody@example.org <b>hi</b>', text: invitation.text },
      ]);
    });

    it('sends without the second form where there is none', async () => {
      const { html: _html, ...plain } = invitation;
      await harness.mail.send(plain);
      expect(await harness.received()).toMatchObject([{ text: invitation.text, html: null }]);
    });

    it('takes many at once, each once', async () => {
      const ids = Array.from({ length: 20 }, (_, index) => `many.${index}`);
      const outcomes = await Promise.all(ids.map((id) => harness.mail.send({ ...invitation, id })));
      expect(outcomes.every(({ ok }) => ok)).toBe(true);
      const arrived = (await harness.received()).map(({ messageId }) => messageId).sort();
      expect(arrived).toEqual(ids.map((id) => messageIdOf(id, harness.mail.from)).sort());
    });
  });
}

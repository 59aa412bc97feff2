import { createServer } from 'node:net';
import type { AddressInfo, Server } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { mailContract, SmtpTestServer } from '../contract';
import type { SmtpBehaviour } from '../contract';
import { sendingLimitMs } from '../mail';
import type { MailOutcome, OutgoingMail } from '../mail';
import { smtpMail } from './smtp-mail';

const from = 'Example <support@example.com>';
const invitation: OutgoingMail = {
  ...{ id: 'i.1', owner: 'supportSession-1', to: 'ana@example.org', subject: 'Help', text: 'Hello', locale: 'en' },
};

mailContract('SMTP', async () => {
  const server = await SmtpTestServer.start();
  const mail = smtpMail({ url: server.url, from });
  return {
    mail,
    received: () => server.received(),
    dispose: async () => {
      await mail.close();
      await server.close();
    },
  };
});

describe('a mail server', () => {
  const toClose: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const close of toClose.splice(0)) await close();
  });

  async function started(options: Parameters<typeof SmtpTestServer.start>[0] = {}): Promise<SmtpTestServer> {
    const server = await SmtpTestServer.start(options);
    toClose.push(() => server.close());
    return server;
  }

  const sent = (url: string): Promise<MailOutcome> => smtpMail({ url, from }).send(invitation);

  it.each<[string, SmtpBehaviour, object]>([
    [
      'knows no such recipient',
      { refuseRecipient: [550, '5.1.1 No such user here'] },
      { reason: 'recipientRefused', serverReply: '550 5.1.1 No such user here', again: false },
    ],
    [
      'wants the recipient to wait',
      { refuseRecipient: [450, '4.2.0 Greylisted, come back later'] },
      { reason: 'recipientRefused', serverReply: '450 4.2.0 Greylisted, come back later', again: true },
    ],
    [
      'does not take this sender',
      { refuseSender: [553, '5.7.1 Not your address'] },
      { reason: 'senderRefused', serverReply: '553 5.7.1 Not your address', again: false },
    ],
    [
      'does not take the content',
      { refuseContent: [554, '5.7.1 Looks like spam'] },
      { reason: 'serverRefused', serverReply: '554 5.7.1 Looks like spam', again: false },
    ],
    [
      'is full for now',
      { refuseContent: [452, '4.3.1 Disk full'] },
      { reason: 'serverRefused', serverReply: '452 4.3.1 Disk full', again: true },
    ],
    ['cuts the line in the middle', { dropInContent: true }, { reason: 'serverUnreachable', again: true }],
  ])('that %s', async (_, behaviour, outcome) => {
    const server = await started();
    server.behaviour = behaviour;
    expect(await sent(server.url)).toEqual({ ok: false, ...outcome });
    expect(server.messages).toEqual([]);
  });

  it('that is not there', async () => {
    const server = await SmtpTestServer.start();
    const { url } = server;
    await server.close();
    expect(await sent(url)).toEqual({ ok: false, reason: 'serverUnreachable', again: true });
  });

  it('whose name nobody knows', async () => {
    expect(await sent('smtp://mail.invalid:25')).toEqual({ ok: false, reason: 'serverUnreachable', again: true });
  });

  it('that has nothing to do with mail, and says so by its silence', async () => {
    const silent: Server = createServer(() => undefined);
    await new Promise<void>((listening) => silent.listen(0, '127.0.0.1', listening));
    toClose.push(() => new Promise((closed) => silent.close(() => closed())));
    const { port } = silent.address() as AddressInfo;
    expect(await sent(`smtp://127.0.0.1:${port}`)).toEqual({ ok: false, reason: 'timedOut', again: true });
  });

  it('that falls silent at the recipient is given up within the limit', async () => {
    const server = await started();
    server.behaviour = { silentAtRecipient: true };
    const begun = performance.now();
    expect(await sent(server.url)).toEqual({ ok: false, reason: 'timedOut', again: true });
    expect(performance.now() - begun).toBeLessThan(sendingLimitMs + 1000);
  });

  it('that wants to know who comes', async () => {
    const server = await started({ account: { user: 'deskside', password: 'p@ss word' } });
    expect(await sent(server.url)).toMatchObject({ ok: true });
    expect(await sent(`smtp://deskside:wrong@127.0.0.1:${server.port}`)).toEqual({
      ...{ ok: false, reason: 'signInRefused', again: false },
      serverReply: '535 5.7.8 Authentication credentials invalid',
    });
    expect(await sent(`smtp://127.0.0.1:${server.port}`)).toMatchObject({ ok: false, again: false });
    expect(server.messages).toHaveLength(1);
  });

  it('whose certificate nobody vouches for', async () => {
    const server = await started({ secure: true });
    const outcome = await sent(server.url);
    expect(outcome).toMatchObject({ ok: false, reason: 'serverUnreachable', again: false });
    expect(outcome.serverReply).toMatch(/certificate/);
    expect(server.messages).toEqual([]);
  });

  it('gets what a machine says of itself, and an address to answer to where there is one', async () => {
    const server = await started();
    await smtpMail({ url: server.url, from, replyTo: 'help@example.com' }).send(invitation);
    await smtpMail({ url: server.url, from }).send(invitation);
    const [first, second] = server.messages.map(String);
    expect(first).toContain('Auto-Submitted: auto-generated\r\n');
    expect(first).toContain('\r\nContent-Language: en\r\n');
    expect(first).toContain('\r\nReply-To: help@example.com\r\n');
    expect(second).not.toContain('Reply-To');
  });
});

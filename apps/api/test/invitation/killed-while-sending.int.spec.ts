import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SmtpTestServer } from '@deskside/mail/contract';
import { newFolder } from '../support/api-under-test';
import { ApiProcess } from '../support/api-process';
import type { Staff } from '../support/people';
import { searchFolder, searchText } from '../support/search-bytes';
import { Inviting, tokenIn } from './invited';

const root = newFolder();
const password = 'Rambutan-of-the-mail-server';
const secrets: Record<string, string> = { password };
let server: SmtpTestServer;
let api: ApiProcess;
let administrator: Staff;
let said = '';
const settings = (): Record<string, string> => ({
  DESKSIDE_SMTP_URL: server.url,
  DESKSIDE_MAIL_FROM: 'support@example.com',
});

beforeAll(async () => {
  server = await SmtpTestServer.start({ account: { user: 'deskside', password } });
  api = await ApiProcess.start({ dataDir: root, settings: settings() });
  const { email, password: first } = api.firstAdministrator;
  administrator = await api.staff().signIn(email, first);
});
afterAll(async () => {
  await api.kill();
  await server.close();
  rmSync(root, { recursive: true });
});

async function startAgain(): Promise<void> {
  said += api.output;
  api = await ApiProcess.start({ dataDir: root, settings: settings() });
  administrator.origin = api.url;
}

async function watchAgain(sessionId: string): Promise<(type: string) => Promise<void>> {
  const feed = administrator.sessionFeed(await administrator.socket(), sessionId);
  return async (type) => void (await feed.until(({ events }) => events.some((event) => event.type === type)));
}

describe('a server that is killed', () => {
  it('between the acceptance of a mail and its event repeats the mail once, with the same Message-ID', async () => {
    server.behaviour = { silentAfterContent: true };
    const inviting = await Inviting.start(administrator);
    const { invitationId } = await inviting.invite();
    await server.until(1);
    await api.kill();
    server.behaviour = {};
    await startAgain();
    await (
      await watchAgain(inviting.session.sessionId)
    )('InvitationSent');
    const ids = (await server.received()).map(({ messageId }) => messageId);
    expect(ids).toEqual([`<${invitationId}.1@example.com>`, `<${invitationId}.1@example.com>`]);
    secrets['link'] = tokenIn((await inviting.text(invitationId)).link);
  });

  it('before the mail went out sends it after the start, once', async () => {
    server.messages.length = 0;
    server.behaviour = { refuseRecipient: [451, 'Later'] };
    const inviting = await Inviting.start(administrator);
    const { invitationId, until } = await inviting.invite();
    await until('InvitationFailed');
    await api.kill();
    server.behaviour = {};
    await startAgain();
    await (
      await watchAgain(inviting.session.sessionId)
    )('InvitationSent');
    await api.kill();
    await startAgain();
    const { sessionId } = inviting.session;
    // Another mail that arrives shows that there is nothing left of the first.
    const other = await Inviting.start(administrator);
    const second = await other.invite();
    await second.until('InvitationSent');
    expect((await server.received()).map(({ messageId }) => messageId)).toEqual([
      `<${invitationId}.1@example.com>`,
      `<${second.invitationId}.1@example.com>`,
    ]);
    expect(sessionId).not.toBe(other.session.sessionId);
    secrets['second link'] = tokenIn((await other.text(second.invitationId)).link);
    await other.close();
  });

  it('has written no secret of a link or of the mail server anywhere, and no address into its lines', async () => {
    await api.stop();
    said += api.output;
    expect(Object.values(secrets).filter((secret) => secret.length < 20)).toEqual([]);
    expect(searchFolder(root, secrets).found).toEqual([]);
    expect(said).toContain('serving');
    expect(searchText(said, { ...secrets, recipient: 'ana@example.org', name: 'Ana Medlar' })).toEqual([]);
  });
});

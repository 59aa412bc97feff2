import { cpSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newFolder } from '../support/api-under-test';
import { ApiProcess, runCommand } from '../support/api-process';
import { newId } from '../support/people';
import type { Customer, FeedEvent, Staff } from '../support/people';
import { searchFolder, searchText } from '../support/search-bytes';
import type { Search } from '../support/search-bytes';
import { until } from '../support/until';

/** What the erased customer's sessions held. */
const ofCustomer = {
  name: 'Živojin Quincewood',
  subject: 'Papayafruit cannot print',
  ticket: 'TICKET-77123-Kumquat',
  'line of the customer': 'My card is 4556 7375 8689 9855',
  'line of the representative': 'Please restart the Rambutan spooler',
  'private line': 'Between us: the Durian invoice is wrong',
  'line in other scripts': '請重新啟動印表機 Лубеница',
  recipient: 'zivojin.cherimoya@example.org',
  'name in the invitation': 'Živojin Cherimoyan',
};
const takenBack = { 'line taken back': 'Oh no, my Soursop password is hunter2' };
/** Another customer's: they must survive. */
const ofOthers = { 'other name': 'Senka Medlarsdottir' };
const otherLine = { 'other line': 'The Feijoa screen flickers' };

const root = newFolder();
const dataDir = join(root, 'data');
const backup = join(root, 'backup');
const settings = { DESKSIDE_METRICS_TOKEN: 'metrics-token-Tamarillo-1' };
let api: ApiProcess;
let administrator: Staff;
let auditor: Staff;
let csr: Staff;
let said = '';
const secrets: Record<string, string> = { ...settings };
let sessionIds: string[] = [];
let otherSession = '';
let customerId = '';
const searches: string[] = [];

async function restart(): Promise<void> {
  said += api.output;
  api = await ApiProcess.start({ dataDir, settings });
  for (const person of [administrator, auditor, csr]) person.origin = api.url;
}

async function stop(): Promise<void> {
  expect(await api.stop()).toBe(0);
}

/** A new member of staff whose every secret is remembered. */
async function colleague(name: string, roles: readonly string[], number: number): Promise<Staff> {
  const email = `colleague.${number}@jackfruit.example`;
  const { url } = await administrator.do<{ url: string }>('inviteAccount', { commandId: newId(), name, email, roles });
  const password = `a phrase with a Pomelo ${number}`;
  const secret = url.split('#')[1] ?? '';
  const person = api.staff();
  await person.do('setPassword', { secret, password });
  keep(`cookie of ${name}`, person.cookie);
  await person.signIn(email, password);
  keep(`second cookie of ${name}`, person.cookie);
  Object.assign(secrets, { [`link of ${name}`]: secret, [`password of ${name}`]: password });
  return person;
}

function keep(name: string, cookie: string): void {
  secrets[name] = cookie.split('=')[1] ?? '';
}

async function joined(number: string, name: string): Promise<Customer> {
  const commandId = newId();
  const person = await api.customer().join(number, name, commandId);
  keep(`return cookie of ${name}`, person.cookie);
  // Whoever knows the id with which a browser asked could ask for its place.
  Object.assign(secrets, { [`bearer of ${name}`]: person.bearer, [`join command of ${name}`]: commandId });
  return person;
}

/** By a mail that the mailbox of the site has caught, with the names and the link in it. */
async function invited(sessionId: string): Promise<void> {
  const { recipient, 'name in the invitation': customerName } = ofCustomer;
  const socket = await csr.socket();
  const feed = csr.sessionFeed(socket, sessionId);
  const invitationId = await csr.invite(sessionId, { recipient, customerName });
  secrets['link of the invitation'] = await csr.linkOf(sessionId, invitationId);
  await feed.until(({ events }) => events.some(({ type }) => type === 'InvitationSent'));
  await socket.close();
  const { mails } = await administrator.do<{ mails: readonly { text: string }[] }>('developmentMailbox');
  expect(mails.map(({ text }) => text.includes(customerName))).toEqual([true]);
}

beforeAll(async () => {
  api = await ApiProcess.start({ dataDir, settings });
  const { email, password } = api.firstAdministrator;
  secrets['generated password'] = password;
  administrator = await api.staff().signIn(email, password);
  keep('cookie of the administrator', administrator.cookie);
  auditor = await colleague('Aud Mangosteen', ['auditor'], 1);
  csr = await colleague('Mira Loquat', ['representative'], 2);
  await administrator.ask('signIn', { email, password: 'a wrong one with Lychee' });
  secrets['wrong password'] = 'a wrong one with Lychee';
  keep('cookie after the wrong password', administrator.cookie);

  const { subject, ticket } = ofCustomer;
  const session = await csr.startSession({ subject, ticket });
  await invited(session.sessionId);
  const customer = await joined(session.number, ofCustomer.name);
  await customer.say(ofCustomer['line of the customer']);
  await csr.say(session.sessionId, ofCustomer['line of the representative']);
  await customer.say(ofCustomer['private line'], session.participantId);
  await csr.say(session.sessionId, ofCustomer['line in other scripts']);
  const messageId = await customer.say(takenBack['line taken back']);
  await customer.do('takeBackChatMessage', { commandId: newId(), messageId });
  await csr.do('endSession', { commandId: newId(), sessionId: session.sessionId });

  const other = await csr.startSession();
  await (await joined(other.number, ofOthers['other name'])).say(otherLine['other line']);
  const last = { commandId: newId(), sessionId: other.sessionId };
  const { position: atLeast } = await csr.do<{ position: string }>('endSession', last);
  const isKnown = async (): Promise<boolean> =>
    (await auditor.ask('findSessions', { name: ofOthers['other name'], atLeast })).code === 'ok';
  await until('the read models show all of it', isKnown);
  [sessionIds, otherSession] = [[session.sessionId], other.sessionId];
  const history = await auditor.do<{ customerIds: string[] }>('sessionHistory', { sessionId: session.sessionId });
  customerId = history.customerIds[0] ?? '';
});
afterAll(async () => {
  await api.kill();
  process.stdout.write(`${searches.join('\n')}\n`);
  rmSync(root, { recursive: true });
});

/** Searches the whole data folder and notes how much that was. */
function search(when: string, wanted: Readonly<Record<string, string | Uint8Array>>): Search['found'] {
  const result = searchFolder(dataDir, wanted);
  expect(result.files).toBeGreaterThan(8);
  expect(result.bytes).toBeGreaterThan(200_000);
  searches.push(`${when}: ${Object.keys(wanted).length} texts in ${result.bytes} bytes of ${result.files} files`);
  return result.found;
}

const filesWith = (found: Search['found']): readonly string[] => [
  ...new Set(found.map(({ file }) => file.split('/').find((part) => /people-and-search/.test(part)) ?? file)),
];

async function readAll(): Promise<readonly FeedEvent[]> {
  const histories = [...sessionIds, otherSession].map((sessionId) =>
    auditor.do<{ events: FeedEvent[]; chain: { status: string } }>('sessionHistory', { sessionId }),
  );
  const read = await Promise.all(histories);
  for (const { chain } of read) expect(chain.status).toBe('unbroken');
  return read.flatMap(({ events }) => events);
}

/** Everything personal that an auditor still reads. */
async function stillRead(): Promise<string> {
  return JSON.stringify((await readAll()).map(({ payload }) => payload));
}

async function nothingIsLeft(when: string): Promise<void> {
  expect(search(when, { ...ofCustomer, ...takenBack, ...otherLine, ...erasedKeys(), ...secrets })).toEqual([]);
}

/** The wrapped keys of what was erased, from the backup that was made before: their bytes must be gone as well. */
function erasedKeys(): Record<string, Uint8Array> {
  const db = new DatabaseSync(join(backup, 'vault.db'), { readOnly: true });
  const rows = db
    .prepare(
      `SELECT key.id AS id, wrapped FROM key JOIN key_place ON key_place.key = key.id JOIN owner ON owner.id = key_place.owner
       WHERE subject IN (?, ?)`,
    )
    .all(`customer-${customerId}`, ...sessionIds.map((id) => `supportSession-${id}`)) as unknown as {
    id: number;
    wrapped: Uint8Array;
  }[];
  db.close();
  const living = rows.filter(({ wrapped }) => wrapped.some((byte) => byte !== 0));
  expect(living.length).toBeGreaterThan(5);
  return Object.fromEntries(living.map(({ id, wrapped }) => [`key ${id}`, wrapped]));
}

describe('while nothing is erased', () => {
  it('names and addresses stand in the file of people only, what was said in none', async () => {
    const people = {
      name: ofCustomer.name,
      ...ofOthers,
      'name of staff': 'Mira Loquat',
      email: 'colleague.2@jackfruit.example',
    };
    const { name: _, ...content } = ofCustomer;
    const found = search('running', { ...people, ...content, ...takenBack, ...otherLine });
    expect(new Set(found.map(({ text }) => text))).toEqual(new Set(Object.keys(people)));
    expect(filesWith(found).every((file) => file.includes('people-and-search'))).toBe(true);
  });

  it('the search finds what is there', () => {
    const found = search('running', { type: 'ParticipantJoined', session: sessionIds[0] ?? '' });
    expect(found).toContainEqual({ file: expect.stringMatching(/^log\.db/), text: 'type' });
    expect(found).toContainEqual({ file: expect.stringMatching(/^log\.db/), text: 'session' });
  });

  it('the auditor reads all of it but the line that was taken back', async () => {
    const read = await stillRead();
    for (const text of Object.values({ ...ofCustomer, ...ofOthers, ...otherLine })) expect(read).toContain(text);
    expect(read).not.toContain(takenBack['line taken back']);
  });

  it('a backup is made for what comes later', async () => {
    expect(await runCommand(['backup', '--to', backup], { dataDir })).toMatchObject({ code: 0, stderr: '' });
  });
});

describe('once the customer is erased', () => {
  beforeAll(async () => {
    await administrator.do('erasePersonalData', { commandId: newId(), customerId });
  });

  it('nothing of him stands in any byte of any file, while the server runs', () => nothingIsLeft('erased, running'));

  it('nor after it was killed, with whatever lay beside its files', async () => {
    await api.kill();
    await nothingIsLeft('erased, killed');
    await restart();
  });

  it('nor after it was stopped', async () => {
    await stop();
    await nothingIsLeft('erased, stopped');
  });

  it('nor after it was started again; the chains hold, the others are as they were', async () => {
    await restart();
    await nothingIsLeft('erased, started again');
    const read = await stillRead();
    for (const text of Object.values({ ...ofCustomer, ...takenBack })) expect(read).not.toContain(text);
    for (const text of Object.values({ ...ofOthers, ...otherLine })) expect(read).toContain(text);
    expect((await auditor.do<{ sessions: unknown[] }>('findSessions', { name: 'Quincewood' })).sessions).toEqual([]);
  });

  it('nor after an older vault was put beside the newer log, and the read models are made anew', async () => {
    await stop();
    for (const file of readdirSync(dataDir))
      if (file !== 'log.db' && file !== 'master.key') rmSync(join(dataDir, file), { recursive: true });
    cpSync(join(backup, 'vault.db'), join(dataDir, 'vault.db'));
    // The older vault knows the keys again: until the server has started.
    expect(searchFolder(dataDir, erasedKeys()).found).not.toEqual([]);
    await restart();
    await nothingIsLeft('older vault, running');
    const read = await stillRead();
    for (const text of Object.values({ ...ofCustomer, ...takenBack })) expect(read).not.toContain(text);
    for (const text of Object.values({ ...ofOthers, ...otherLine })) expect(read).toContain(text);
    await stop();
    await nothingIsLeft('older vault, stopped');
  });

  it('of secrets no file has had one at any time, nor has any line of the log', async () => {
    expect(Object.keys(secrets).length).toBeGreaterThan(14);
    expect(Object.values(secrets).filter((secret) => secret.length < 12)).toEqual([]);
    expect(search('secrets', secrets)).toEqual([]);
    expect(searchFolder(backup, secrets).found).toEqual([]);
    said += api.output;
    expect(said).toContain('serving');
    expect(searchText(said, { ...secrets, ...ofCustomer, ...takenBack, ...ofOthers, ...otherLine })).toEqual([]);
    expect(
      searchText(said, { 'name of staff': 'Mira Loquat', email: 'jackfruit', session: sessionIds[0] ?? '' }),
    ).toEqual([]);
  });

  it('the master key is in its own file only', () => {
    const key = readFileSync(join(dataDir, 'master.key'), 'utf8').trim();
    const raw = Buffer.from(key, 'base64url');
    expect(search('master key', { key, raw })).toEqual([{ file: 'master.key', text: 'key' }]);
  });
});

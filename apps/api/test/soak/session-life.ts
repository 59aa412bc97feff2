import { setTimeout as pause } from 'node:timers/promises';
import { Customer, newId } from '../support/people';
import type { Staff } from '../support/people';
import type { Chance } from './chance';
import { newTalk, sendLine } from './site';
import type { Site, Talk } from './site';

/** One session from its start to its end, and what is done in between. */
interface Going extends Site {
  readonly talk: Talk;
  readonly chance: Chance;
  /** The customer is erased when it has ended: then every text in it goes. */
  readonly isToErase: boolean;
  readonly doomed: string[];
}

type Act = (going: Going) => Promise<unknown>;

const inSession = ({ talk }: Going): { commandId: string; sessionId: string } => ({
  commandId: newId(),
  sessionId: talk.sessionId,
});

function newText({ ledger, isToErase, doomed }: Going, isToTakeBack = false): string {
  const marker = ledger.marker(isToErase || isToTakeBack);
  if (isToErase) doomed.push(marker);
  return marker;
}

const speakers = ['representative', 'customer'] as const;

const say: Act = (going) =>
  sendLine(going, going.talk, { by: going.chance.pick(speakers), text: newText(going), commandId: newId() });

async function takeBack(going: Going): Promise<void> {
  const { asking, ledger, talk, chance } = going;
  const [by, text, messageId] = [chance.pick(speakers), newText(going, true), newId()];
  if (!(await sendLine(going, talk, { by, text, commandId: messageId }))) return;
  const taken =
    by === 'customer'
      ? await asking.until(talk.customer, 'takeBackChatMessage', { commandId: newId(), messageId })
      : await asking.until(talk.representative, 'takeBackChatMessage', { ...inSession(going), messageId });
  if (taken !== null) ledger.goes(talk.sessionId, [text]);
}

async function note(going: Going): Promise<void> {
  const noteId = newId();
  for (const basedOn of [0, 1])
    await going.asking.until(going.talk.representative, 'saveNote', {
      ...inSession(going),
      noteId,
      basedOn,
      text: newText(going),
    });
}

async function share(going: Going): Promise<void> {
  const { asking, talk } = going;
  const requestId = newId();
  const request = { ...inSession(going), commandId: requestId, capability: 'desktop', access: 'view' };
  if ((await asking.until(talk.representative, 'requestPermission', request)) === null) return;
  for (const name of ['showRequest', 'approveRequest'])
    await asking.until(talk.customer, name, { commandId: newId(), requestId });
  const grantId = newId();
  await asking.until(talk.customer, 'grantPermission', { commandId: grantId, requestId, surface: 'monitor' });
  await pause(going.chance.between(200, 1000));
  await asking.until(talk.customer, 'revokePermission', { commandId: newId(), grantId });
}

async function speak(going: Going): Promise<void> {
  const { asking, talk } = going;
  await asking.until(talk.representative, 'joinAudio', { ...inSession(going), muted: false });
  await asking.until(talk.customer, 'joinAudio', { commandId: newId(), muted: true });
  await pause(going.chance.between(200, 1000));
  await asking.until(talk.customer, 'leaveAudio', { commandId: newId() });
  await asking.until(talk.representative, 'leaveAudio', inSession(going));
}

async function invite(going: Going): Promise<void> {
  const { asking, talk } = going;
  const invitationId = newId();
  const mail = { channel: 'email', recipient: `${newText(going)}@example.org`.toLowerCase(), locale: 'en' };
  await asking.until(talk.representative, 'inviteCustomer', { ...inSession(going), commandId: invitationId, ...mail });
  await asking.until(talk.representative, 'withdrawInvitation', { ...inSession(going), invitationId });
}

const report: Act = ({ asking, talk }) => {
  const today = new Date().toISOString().slice(0, 10);
  return asking.until(talk.representative, 'csrActivity', { from: today, to: today, timeZone: 'Europe/Belgrade' });
};

const readHistory: Act = ({ asking, administrator, talk }) =>
  asking.until(administrator, 'sessionHistory', { sessionId: talk.sessionId });

const changeSite: Act = ({ asking, administrator, ledger }) =>
  asking.until(administrator, 'changeSiteSettings', { commandId: newId(), name: `Desk ${ledger.marker(false)}` });

/** Some stand here more often than others, as they happen more often. */
const acts: readonly Act[] = [
  say,
  say,
  say,
  say,
  takeBack,
  note,
  share,
  speak,
  invite,
  report,
  readHistory,
  changeSite,
];

/** Lives one session to its end, sooner once `signal` says so. */
export async function liveSession(
  site: Site,
  representative: Staff,
  { chance, signal }: { readonly chance: Chance; readonly signal: AbortSignal },
): Promise<void> {
  const isToErase = chance.happens(0.5);
  const name = site.ledger.marker(isToErase);
  const customer = new Customer(site.origin);
  const talk = await newTalk(site, { representative, customer, name, subject: site.ledger.marker(isToErase) });
  if (talk === null) return;
  const going: Going = { ...site, talk, chance, isToErase, doomed: [name] };
  for (let many = chance.whole(6, 20); many > 0 && !signal.aborted; many--) {
    await chance.pick(acts)(going);
    await pause(chance.between(100, 1000));
  }
  await going.asking.until(representative, 'endSession', inSession(going));
  if (isToErase) await erase(going);
}

async function erase({ asking, administrator, ledger, talk, doomed }: Going): Promise<void> {
  const { sessionId } = talk;
  const history = await asking.until<{ customerIds: string[] }>(administrator, 'sessionHistory', { sessionId });
  for (const customerId of history?.customerIds ?? [])
    if ((await asking.until(administrator, 'erasePersonalData', { commandId: newId(), customerId })) !== null)
      ledger.goes(sessionId, doomed);
}

import { randomUUID } from 'node:crypto';
import type { Caller } from '../command-path/caller';
import { answer } from '../command-path/outcome';
import { generatePassword } from '../sign-in/passwords';
import type { DesksideNode } from './deskside-node';

/** A sign-in that is shown once, on the terminal of whoever runs the server. */
export interface AdministratorSignIn {
  readonly email: string;
  readonly password: string;
}

/** How the first administrator's account is made, so that a later start can finish what one that was killed has begun. */
interface NewAdministrator {
  readonly email: string;
  readonly commandId: string;
  /** Boot that began it: commands are known by who gave them. */
  readonly bootId: string;
}

/** Stands in the vault from before the first event of the site until its first administrator was told. */
const untold = { kind: 'first-start', id: 'untold' } as const;

/**
 * Writes SiteCreated into a new log and makes the first administrator. Whoever is given the sign-in tells it and says so by
 * `firstAdministratorTold`; a start that has not come to that, however it ended, is made good by the next one, with another
 * password. Null when there is nothing to tell, or the server is to end already.
 */
export async function firstStart(node: DesksideNode, signal?: AbortSignal): Promise<AdministratorSignIn | null> {
  if (signal?.aborted) return null;
  const kept = await node.vault.get(untold.kind, untold.id, node.clock.now());
  const begun = kept === null ? null : (kept.value as NewAdministrator);
  if (node.site.existed) return begun && makeAgain(node, begun);
  const first = begun ?? (await begin(node));
  await node.site.create(operator(node.bootId));
  await node.vault.siteBegun();
  node.knownLog.begun();
  return withPassword(node, await createAdministrator(node, first, 'firstStart'), 'firstStart');
}

async function begin(node: DesksideNode): Promise<NewAdministrator> {
  const first = newAdministrator(node);
  await node.vault.put({ ...untold, owner: 'site', value: first, expiresAt: null });
  return first;
}

/** The first administrator's sign-in has been shown; no start shows it again. */
export async function firstAdministratorTold(node: DesksideNode): Promise<void> {
  await node.vault.remove(untold.kind, untold.id);
}

async function makeAgain(node: DesksideNode, first: NewAdministrator): Promise<AdministratorSignIn | null> {
  // A log that takes nothing can be looked at all the same.
  if (node.store.integrity().status === 'damaged') return null;
  const made = await createAdministrator(node, first, 'firstStart');
  const known = await node.signIns.accountOf(made.accountId);
  const isNew = known?.lastSignInAt === null && known.status !== 'disabled';
  if (isNew) return withPassword(node, made, 'firstStart');
  // Told after all, only that could not be written down.
  await firstAdministratorTold(node);
  return null;
}

/** A new administrator for somebody who has the machine but no way in. It is an event like any other account. */
export async function recoverAdministrator(node: DesksideNode): Promise<AdministratorSignIn> {
  return withPassword(node, await createAdministrator(node, newAdministrator(node), 'recovery'), 'recovery');
}

type Origin = 'firstStart' | 'recovery';
type Made = { readonly accountId: string; readonly email: string };

async function createAdministrator(
  node: DesksideNode,
  { email, commandId, bootId }: NewAdministrator,
  origin: Origin,
): Promise<Made> {
  const account = { name: 'Administrator', email, roles: ['administrator', 'auditor'], origin } as const;
  const { accountId } = answer(await node.accounts.create(account, operator(bootId), commandId));
  return { accountId, email };
}

async function withPassword(node: DesksideNode, { accountId, email }: Made, how: Origin): Promise<AdministratorSignIn> {
  const password = generatePassword();
  const by = { caller: operator(node.bootId), commandId: randomUUID(), how };
  const { position } = answer(await node.accounts.setPassword(accountId, password, by));
  // The person's name is read from the read models when they start a session.
  await node.readModels.whenProcessed(['accounts', 'people-and-search'], position, 10_000);
  return { email, password };
}

function newAdministrator({ bootId }: DesksideNode): NewAdministrator {
  // Not the same on every site: nobody can try passwords for an address that they do not know.
  return { email: `admin-${randomUUID().slice(0, 8)}@deskside.local`, commandId: randomUUID(), bootId };
}

function operator(bootId: string): Caller {
  return { kind: 'system', id: bootId, correlationId: randomUUID() };
}

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

/** Writes SiteCreated into a new log and makes the first administrator; null when the site was there already. */
export async function firstStart(node: DesksideNode): Promise<AdministratorSignIn | null> {
  if (node.site.existed) return null;
  const caller = operator(node);
  await node.site.create(caller);
  node.knownLog.begun();
  return makeAdministrator(node, 'firstStart');
}

/** A new administrator for somebody who has the machine but no way in. It is an event like any other account. */
export function recoverAdministrator(node: DesksideNode): Promise<AdministratorSignIn> {
  return makeAdministrator(node, 'recovery');
}

async function makeAdministrator(node: DesksideNode, origin: 'firstStart' | 'recovery'): Promise<AdministratorSignIn> {
  const caller = operator(node);
  // Not the same on every site: nobody can try passwords for an address that they do not know.
  const email = `admin-${randomUUID().slice(0, 8)}@deskside.local`;
  const roles = ['administrator', 'auditor'] as const;
  const account = { name: 'Administrator', email, roles: [...roles], origin };
  const { accountId } = answer(await node.accounts.create(account, caller, randomUUID()));
  const password = generatePassword();
  const about = { caller, commandId: randomUUID(), how: origin };
  const { position } = answer(await node.accounts.setPassword(accountId, password, about));
  // The person's name is read from the read models when he starts a session.
  await node.readModels.whenProcessed(['accounts', 'people-and-search'], position, 10_000);
  return { email, password };
}

function operator(node: DesksideNode): Caller {
  return { kind: 'system', id: node.bootId, correlationId: randomUUID() };
}

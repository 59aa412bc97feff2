import type { LogDamage, StreamName } from '@deskside/event-store';
import { ReadModelUnavailable } from '@deskside/projections';
import type { StaffCaller } from '../command-path/caller';
import type { DamagedSession, LogState } from '../graphql/generated/staff';
import { logStatus } from '../log/log';
import type { DesksideNode } from '../node/deskside-node';

type Node = Pick<DesksideNode, 'store' | 'readModels'>;

const sessionStream = /^supportSession-(.+)$/;

/** How the log stands, and for whoever runs the site or audits it which event shows that it is damaged. */
export function logState(node: Node, caller: StaffCaller | null): LogState {
  const integrity = node.store.integrity();
  const damage = integrity.status === 'damaged' && mayKnowDamage(caller) ? integrity : null;
  return {
    ...{ status: logStatus(node.store), reason: damage?.reason ?? null },
    ...placeFor(node, caller, damage?.place ?? null),
  };
}

function mayKnowDamage(caller: StaffCaller | null): boolean {
  return caller !== null && (caller.permissions.has('site.configure') || caller.permissions.has('audit.read'));
}

function placeFor(
  node: Node,
  caller: StaffCaller | null,
  place: LogDamage['place'],
): Pick<LogState, 'stream' | 'revision' | 'what' | 'session'> {
  if (place === null) return { stream: null, revision: null, what: null, session: null };
  const { stream, revision, what } = place;
  return { stream, revision: revision.toString(), what, session: sessionOf(node, caller, stream) };
}

/** As the audit's search has it. */
function mayFindSessions(caller: StaffCaller | null): boolean {
  return caller !== null && (caller.permissions.has('audit.read') || caller.permissions.has('personalData.erase'));
}

function sessionOf({ readModels }: Node, caller: StaffCaller | null, stream: StreamName): DamagedSession | null {
  const id = sessionStream.exec(stream)?.[1];
  if (id === undefined) return null;
  const unknown = { id, number: null, isListed: null };
  if (!mayFindSessions(caller)) return unknown;
  try {
    const number = readModels.sessions.byIds([id])[0]?.number ?? null;
    return { id, number, isListed: number !== null };
  } catch (error) {
    if (error instanceof ReadModelUnavailable) return unknown;
    throw error;
  }
}

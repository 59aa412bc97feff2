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

function sessionOf(node: Node, caller: StaffCaller | null, stream: StreamName): DamagedSession | null {
  const id = sessionStream.exec(stream)?.[1];
  if (id === undefined) return null;
  return { id, ...(mayFindSessions(caller) ? listingOf(node, id) : unknown) };
}

const unknown = { number: null, listing: 'unknown' } as const;

function listingOf({ readModels }: Node, id: string): Pick<DamagedSession, 'number' | 'listing'> {
  try {
    const [row] = readModels.sessions.byIds([id]);
    return row === undefined ? { number: null, listing: 'notListed' } : { number: row.number, listing: 'listed' };
  } catch (error) {
    if (error instanceof ReadModelUnavailable) return unknown;
    throw error;
  }
}

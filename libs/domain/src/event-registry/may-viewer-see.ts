import type { Actor } from '../decider';
import { auditorsOnly, isRepresentative, maySee } from '../events';
import type { EventDeclaration, ParticipantViewer, Viewer } from '../events';
import { eventRegistry } from './event-registry';

/** What the visibility of an event depends on. */
export interface VisibleEvent {
  readonly type: string;
  readonly payload: unknown;
  readonly actor: Actor;
  readonly revision: number;
}

/**
 * The one rule of who sees an event, for feeds, queries and histories alike. A type that this version does not know is
 * for auditors only. Whoever has gone sees nothing later than his own going; a customer sees of what was said only what
 * came after he had joined.
 */
export function mayViewerSee(viewer: Viewer, event: VisibleEvent): boolean {
  const declaration = eventRegistry.get(event.type);
  if (declaration === undefined) return maySee(viewer, auditorsOnly);
  if (viewer.kind === 'participant' && !isInTimeOf(viewer, event.revision, declaration)) return false;
  return maySee(viewer, declaration.visibleTo(event.payload, event.actor));
}

function isInTimeOf(viewer: ParticipantViewer, revision: number, { sinceJoined }: EventDeclaration): boolean {
  const { role, joinedRevision, leftRevision } = viewer;
  if (leftRevision !== null && revision > leftRevision) return false;
  if (sinceJoined !== true || (role !== null && isRepresentative(role))) return true;
  return joinedRevision !== null && revision > joinedRevision;
}

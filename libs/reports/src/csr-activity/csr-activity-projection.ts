import {
  ChatMessageSent,
  isErasedText,
  isRepresentative,
  isSealedText,
  NoteSaved,
  ParticipantJoined,
  ParticipantLeft,
  ParticipantRemoved,
  PermissionGranted,
  PermissionRequested,
  SessionEnded,
  SessionStarted,
} from '@deskside/domain';
import { handledBy, on } from '@deskside/read-model';
import type { Change, ProjectedEvent, Projection, SqlValue } from '@deskside/read-model';
import type { ReportedNote } from './csr-activity';
import { schema, statements } from './csr-activity-schema';
import type { Statement } from './csr-activity-schema';
import { slotMs } from './in-session';

const prefix = 'supportSession-';

const at = ({ occurredAt }: ProjectedEvent): number => Date.parse(occurredAt);

/** Statements in their order, all of them with the session's id and the time of the event. */
function changes(
  event: ProjectedEvent,
  names: readonly Statement[],
  more: Readonly<Record<string, SqlValue>> = {},
): readonly Change<Statement>[] {
  const known: Readonly<Record<string, SqlValue>> = {
    ...{ id: event.stream.slice(prefix.length), at: at(event), revision: event.revision },
    ...{ slot: Math.floor(at(event) / slotMs), position: event.position, ...more },
  };
  return names.map((statement) => ({ statement, params: only(statement, known) }));
}

/** SQLite refuses a parameter that a statement does not name. */
function only(statement: Statement, known: Readonly<Record<string, SqlValue>>): Readonly<Record<string, SqlValue>> {
  return Object.fromEntries((parametersOf.get(statement) ?? []).map((name) => [name, known[name] ?? null]));
}

const parametersOf = new Map(
  Object.entries(statements).map(([name, sql]) => [
    name,
    [...new Set([...sql.matchAll(/:([a-z]\w*)/giu)].map(([, parameter = '']) => parameter))],
  ]),
);

/** Only what says so was erased: whatever else is no text was damaged. */
function textOf(text: unknown, { id }: ProjectedEvent): ReportedNote['text'] {
  if (isSealedText(text)) return { sealed: text, place: { eventId: id, path: 'text' } };
  return isErasedText(text) ? { erased: true } : { unreadable: true };
}

function gone(
  { participantId }: { readonly participantId: string },
  event: ProjectedEvent,
): ReturnType<typeof changes> {
  return changes(event, ['leave', 'spread'], { participantId });
}

const { project: byType } = handledBy<Statement>(
  on(SessionStarted, ({ number }, event) => changes(event, ['start'], { number })),
  on(ParticipantJoined, ({ participantId, personId, role }, event) => {
    const serves = isRepresentative(role);
    const names: Statement[] = ['join'];
    if (serves) names.push('serve');
    if (role === 'primaryCustomer') names.push('request');
    return changes(event, names, { participantId, personId, serves: Number(serves) });
  }),
  on(ParticipantLeft, gone),
  on(ParticipantRemoved, gone),
  on(ChatMessageSent, ({ authorId, to }, event) => changes(event, ['respond'], { authorId, to })),
  on(PermissionRequested, ({ requestId, requestedBy: by }, event) =>
    changes(event, ['countAsked', 'ask'], { requestId, by }),
  ),
  // What the customer takes up again was asked for and granted before.
  on(PermissionGranted, ({ requestId, resumes }, event) =>
    resumes === null ? changes(event, ['countGranted', 'grant'], { requestId }) : [],
  ),
  on(NoteSaved, ({ noteId, version, authorId: csr, text }, event) => {
    return changes(event, ['note'], { noteId, version, csr, text: JSON.stringify(textOf(text, event)) });
  }),
  on(SessionEnded, (_payload, event) =>
    changes(event, ['leaveAll', 'spread', 'measureTime', 'rollDuration', 'rollBin', 'complete', 'end']),
  ),
);

/**
 * The roll-ups of the report "CSR activity": quarters of an hour x CSR. What stands beside them (who was in which session,
 * what was asked, notes) is what they are made from and what a figure is traced back to.
 */
export const csrActivityProjection: Projection<Statement> = {
  name: 'csr-activity',
  version: 3,
  schema,
  statements,
  // Sessions still open count up to the last event of any session, whatever it was.
  types: 'all',
  project: (event) => (event.stream.startsWith(prefix) ? [...byType(event), ...changes(event, ['reach'])] : []),
};

import { isInSession } from '@deskside/domain';
import type { ChatLine, KnownSession, PersonalText, SupportSession } from '@deskside/domain';
import type { FeedEvent } from '../session-feed/feed-event';
import type { UnsentLine } from './outbox';
import { sessionLine } from './session-line';

interface Placed {
  /** Stays the same when a line of one's own arrives in the log, so that nothing jumps. */
  readonly key: string;
  /** null while it is on its way. */
  readonly at: string | null;
  readonly revision: number | null;
}

export type LineEntry = Placed & {
  readonly kind: 'line';
  readonly authorId: string;
  readonly author: PersonalText | null;
  readonly mine: boolean;
  /** The first of several by the same person in a row. */
  readonly begins: boolean;
  readonly text: PersonalText | null;
  /** Name of the only other person who sees it; null when all do. */
  readonly privateWith: { readonly name: PersonalText | null } | null;
  readonly unsent: UnsentLine | null;
};

export type EventEntry = Placed & {
  readonly kind: 'event';
  readonly type: string;
  /** The end of its text's key below `sessionEvent`. */
  readonly sentence: string;
  readonly who: PersonalText | null;
};
export type ChatEntry = LineEntry | EventEntry;

export interface ChatView {
  readonly session: SupportSession;
  readonly events: readonly FeedEvent[];
  readonly me: string;
  readonly unsent: readonly UnsentLine[];
}

/** The chat in the log's order, then what is on its way. */
export function chatEntries({ session, events, me, unsent }: ChatView): readonly ChatEntry[] {
  if (session.status === 'absent') return [];
  const lines = new Map(session.chat.map((line) => [line.revision, line]));
  const logged = events.flatMap((event) => entryOf(event, lines.get(event.revision), { session, me }));
  const known = new Set(session.chat.map((line) => line.messageId));
  const pending = unsent.filter((line) => !known.has(line.commandId)).map((line) => unsentEntry(line, session, me));
  return marked([...logged, ...pending]);
}

type Viewed = { readonly session: KnownSession; readonly me: string };

function entryOf(event: FeedEvent, line: ChatLine | undefined, { session, me }: Viewed): ChatEntry[] {
  if (line !== undefined) return [loggedEntry(line, session, me)];
  const told = sessionLine(event, session);
  if (told === null) return [];
  const { type, occurredAt: at, revision } = event;
  const who = nameOf(told.who, session);
  return [{ kind: 'event', key: `event-${revision}`, at, revision, type, sentence: told.sentence, who }];
}

function loggedEntry(line: ChatLine, session: KnownSession, me: string): LineEntry {
  const { messageId, authorId, to, sentAt, text, revision } = line;
  const other = authorId === me ? to : me;
  return {
    kind: 'line',
    key: messageId,
    at: sentAt,
    revision,
    authorId,
    author: nameOf(authorId, session),
    mine: authorId === me,
    begins: true,
    text,
    privateWith: to === 'all' ? null : { name: nameOf(other, session) },
    unsent: null,
  };
}

function unsentEntry(line: UnsentLine, session: KnownSession, me: string): LineEntry {
  const { commandId: messageId, to, text } = line;
  const logged = { messageId, authorId: me, to, text, sentAt: '', revision: -1 };
  return { ...loggedEntry(logged, session, me), at: null, revision: null, unsent: line };
}

function marked(entries: readonly ChatEntry[]): readonly ChatEntry[] {
  return entries.map((entry, at) => {
    const before = entries[at - 1];
    const goesOn = entry.kind === 'line' && before?.kind === 'line' && before.authorId === entry.authorId;
    return goesOn ? { ...entry, begins: false } : entry;
  });
}

/** The name as it may be read now, which after an erasure is no longer the one in the event. */
function nameOf(participantId: string | null, session: KnownSession): PersonalText | null {
  if (participantId === null) return null;
  return session.participants[participantId]?.name ?? session.waiting[participantId]?.name ?? null;
}

export interface Recipient {
  readonly id: string;
  readonly name: PersonalText;
}

/** Whom one may write to alone: offered only where there are more than two, since otherwise all is one person. */
export function recipientsFor(session: SupportSession, me: string): readonly Recipient[] {
  if (session.status !== 'open') return [];
  const others = Object.values(session.participants).filter((p) => p.id !== me && isInSession(p));
  return others.length > 1 ? others.map(({ id, name }) => ({ id, name })) : [];
}

/** True while what one writes reaches anybody. */
export function mayWrite(session: SupportSession, me: string): boolean {
  return session.status === 'open' && isInSession(session.participants[me]);
}

/** Lines by others after what was read. */
export function unreadLines(session: SupportSession, me: string, readUpTo: number): number {
  if (session.status === 'absent') return 0;
  return session.chat.filter(({ authorId, revision, text }) => authorId !== me && revision > readUpTo && text !== null)
    .length;
}

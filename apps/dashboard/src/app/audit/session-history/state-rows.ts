import { formatSessionNumber, isInSession, numberOnlyAsks } from '@deskside/domain';
import type { KnownSession, Participant, PersonalText, SupportSession, WaitingPerson } from '@deskside/domain';
import { sentence } from '../../history/sentence';
import type { Sentence } from '../../history/sentence';
import { opened } from '../../history/sentence-table';
import { helpRows } from './help-rows';
import type { StateAtEvent } from './state-at-event';

/** One line of the state: what it is called, what it says (several people are several sentences), whether it is new. */
export interface StateRow {
  readonly label: string;
  readonly lines: readonly Sentence[];
  readonly changed: boolean;
}

export type Facts = Omit<StateRow, 'changed'>;

/** The state in plain rows, those marked that this event changed. */
export function stateRows({ before, after }: StateAtEvent): readonly StateRow[] {
  const earlier = new Map(factsOf(before).map(({ label, lines }) => [label, JSON.stringify(lines)]));
  return factsOf(after).map((row) => ({ ...row, changed: earlier.get(row.label) !== JSON.stringify(row.lines) }));
}

function factsOf(session: SupportSession): readonly Facts[] {
  if (session.status === 'absent') return [];
  const people = Object.values(session.participants);
  const inSession = people.filter(isInSession);
  const gone = people.filter((person) => !isInSession(person));
  const waiting = Object.values(session.waiting);
  return [
    row('status', [statusOf(session)]),
    row('inSession', inSession.length > 0 ? inSession.map(presenceOf) : [sentence('history.state.nobody')]),
    ...(gone.length > 0 ? [row('gone', gone.map(presenceOf))] : []),
    ...(waiting.length > 0 ? [row('waiting', waiting.map(waitingOf))] : []),
    ...(session.number === null ? [] : [row('number', [numberOf(session, session.number)])]),
    ...helpRows(session),
    row('chat', chatOf(session)),
    ...textRow('subject', session.subject),
    ...textRow('ticket', session.ticket),
  ];
}

function row(name: string, lines: readonly Sentence[]): Facts {
  return { label: `history.state.${name}`, lines };
}

function textRow(name: string, text: PersonalText | null): readonly Facts[] {
  return text === null ? [] : [row(name, [sentence('history.state.text', { text: opened(text) })])];
}

function statusOf(session: KnownSession): Sentence {
  return sentence(`history.state.${session.status === 'open' ? 'open' : session.endReason}`);
}

function presenceOf({ name, role, presence }: Participant): Sentence {
  return sentence(`history.state.${presence}`, { name: opened(name), role: { terms: [`sessionRole.${role}`] } });
}

const waitingKeys = { waiting: 'waits', refused: 'refused', withdrawn: 'withdrawn' } as const;

function waitingOf({ name, answer }: WaitingPerson): Sentence {
  return sentence(`history.state.${waitingKeys[answer]}`, { name: opened(name) });
}

function numberOf(session: KnownSession, digits: string): Sentence {
  const number = formatSessionNumber(digits);
  if (session.status === 'ended') return sentence('history.state.noLonger', { number });
  if (numberOnlyAsks(session)) return sentence('history.state.onlyAsks', { number });
  return sentence('history.state.admitsUntil', { number, time: { instant: session.numberExpiresAt ?? '' } });
}

function chatOf({ chat }: KnownSession): readonly Sentence[] {
  const takenBack = chat.filter((line) => line.text === null).length;
  const lines = sentence('history.state.lines', { count: chat.length });
  return takenBack === 0 ? [lines] : [lines, sentence('history.state.takenBack', { count: takenBack })];
}

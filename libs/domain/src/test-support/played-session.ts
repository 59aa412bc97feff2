import fc from 'fast-check';
import type { Decision, Instant, Recorded } from '../decider';
import { supportSession } from '../support-session';
import type { SealedText } from '../personal-data';
import { participantsInSession } from '../session-state';
import type { KnownSession, SupportSession } from '../session-state';
import type { SupportSessionCommand, SupportSessionEvent } from '../support-session';
import { at, id, sealed, theSystem } from './given-when-then';
import { joined, line, started } from './session-story';
import type { Person } from './session-story';
import { helpEpisodes, helpIntent, helpMoves, rareHelpMoves } from './played-help';
import type { HelpMove } from './played-help';

/** Places in the session: the representative and a colleague, then six that three customers try, each under a new one when he comes back. */
export const places: readonly Person[] = Array.from({ length: 8 }, (_, n) => {
  const side = n < 2 ? 'representative' : 'customer';
  const personId = id(n < 2 ? 100 + n : 110 + (n % 3));
  return { participantId: id(n + 1), personId, name: sealed(`${side}-${personId}`, 'identity', `name-${n}`) };
});

/** One thing that somebody tries; whether it fits is the decider's business. `pick` chooses among what is there. */
export interface Move {
  readonly kind: (typeof usual | typeof rare | typeof last)[number] | HelpMove;
  readonly who: number;
  readonly whom: number;
  readonly pick: number;
  /** Seconds since the move before: a clock may stand still or go backwards. */
  readonly later: number;
}

const usual = ['join', 'admit', 'say', 'sayToOne', 'takeBack', 'disconnect', 'return'] as const;
const rare = ['turnAway', 'withdraw', 'leave', 'remove', 'colleagueComes'] as const;
const last = ['lapse', 'end'] as const;

function moveOf(kind: fc.Arbitrary<Move['kind']>): fc.Arbitrary<Move> {
  return fc.record({
    kind,
    who: fc.nat({ max: 50 }),
    whom: fc.nat({ max: 50 }),
    pick: fc.nat({ max: 50 }),
    later: fc.oneof(
      { weight: 30, arbitrary: fc.constantFrom(0, 0, 1, 5, -1) },
      { weight: 1, arbitrary: fc.constantFrom(130, 700, 1900, -600) },
    ),
  });
}

const anyMove: fc.Arbitrary<Move> = moveOf(
  fc.oneof(
    { weight: 90, arbitrary: fc.constantFrom(...usual) },
    { weight: 30, arbitrary: fc.constantFrom(...rare) },
    { weight: 60, arbitrary: fc.constantFrom(...helpMoves) as fc.Arbitrary<HelpMove> },
    { weight: 1, arbitrary: fc.constantFrom(...rareHelpMoves, ...last) },
  ),
);

/** What belongs together happens in its order often enough, each step by anybody and at any time. */
const anyEpisode: fc.Arbitrary<Move[]> = fc.oneof(
  ...helpEpisodes.map((kinds) => fc.tuple(...kinds.map((kind) => moveOf(fc.constant(kind)).map(inTime)))),
);

function inTime(move: Move): Move {
  return move.kind === 'timeOut' ? { ...move, later: 130 } : move;
}

const anyMoves: fc.Arbitrary<Move[]> = fc
  .array(fc.oneof({ weight: 5, arbitrary: anyMove.map((move) => [move]) }, { weight: 1, arbitrary: anyEpisode }), {
    maxLength: 45,
    size: 'max',
  })
  .map((some) => some.flat());

const firstJoin: Move = { kind: 'join', who: 0, whom: 0, pick: 0, later: 1 };

/** Mostly a customer comes first, so that there is somebody to deal with. */
export const moves: fc.Arbitrary<Move[]> = fc.oneof(
  { weight: 1, arbitrary: anyMoves },
  { weight: 3, arbitrary: anyMoves.map((tries) => [firstJoin, ...tries]) },
);

/** One command of a played session: what it was decided on, and what followed. */
export interface Step {
  readonly command: SupportSessionCommand;
  readonly before: SupportSession;
  readonly decision: Decision<SupportSessionEvent>;
  readonly after: SupportSession;
}

export interface PlayedSession {
  readonly events: readonly Recorded<SupportSessionEvent>[];
  readonly steps: readonly Step[];
  readonly state: SupportSession;
}

/** Plays a session by the rules, from its start. `guard` sees all that the rules get and give, to freeze it. */
export function play(tries: readonly Move[], guard = <T>(value: T): T => value): PlayedSession {
  const events: Recorded<SupportSessionEvent>[] = [];
  const steps: Step[] = [];
  let state = supportSession.initialState();
  let seconds = 0;
  const write = (event: SupportSessionEvent): void => {
    const written = { ...event, revision: events.length, occurredAt: at(seconds), actor: theSystem };
    events.push(guard(written));
    state = guard(supportSession.evolve(state, written));
  };
  started.forEach(write);
  tries.forEach((move, n) => {
    seconds += move.later;
    if (move.kind === 'colleagueComes') return colleagueComes(state, write);
    const command = guard(commandOf({ ...move, kind: move.kind }, state, { n, now: at(seconds) }));
    const before = state;
    const decision = guard(supportSession.decide(command, state));
    if (decision.ok) decision.events.forEach(write);
    steps.push({ command, before, decision, after: state });
  });
  return { events, steps, state };
}

/** No command brings a second representative yet; the events of a later version may. */
function colleagueComes(state: SupportSession, write: (event: SupportSessionEvent) => void): void {
  const colleague = places[1] as Person;
  const isNew = state.status === 'open' && state.participants[colleague.participantId] === undefined;
  if (isNew) write(joined(colleague, 'assistingRepresentative'));
}

type Tried = Move & { readonly kind: Exclude<Move['kind'], 'colleagueComes'> };

function commandOf(
  { kind, who: whoNumber, whom: whomNumber, pick }: Tried,
  state: SupportSession,
  { n, now }: { n: number; now: Instant },
): SupportSessionCommand {
  const who = personIn(state, whoNumber);
  const whom = personIn(state, whomNumber);
  const { participantId } = who;
  const by = pick % 4 === 0 ? participantId : (places[0] as Person).participantId;
  const about = { participantId: asking(state, whomNumber) ?? whom.participantId, by };
  const rest = { now, actor: theSystem };
  if (isHelpMove(kind)) {
    const tried = { n, now, pick, who, csr: places[0] as Person, newcomer: newcomerIn(state, whoNumber) };
    return { ...helpIntent(kind, state as KnownSession, tried), ...rest } as SupportSessionCommand;
  }
  switch (kind) {
    case 'join':
      return { type: 'JoinByNumber', payload: newcomerIn(state, whoNumber), ...rest };
    case 'admit':
      return { type: 'AdmitToSession', payload: about, ...rest };
    case 'turnAway':
      return { type: 'RefuseAdmission', payload: about, ...rest };
    case 'withdraw':
      return { type: 'WithdrawJoinRequest', payload: { participantId: about.participantId }, ...rest };
    case 'leave':
      return { type: 'LeaveSession', payload: { participantId: leaver(state, whoNumber, pick) }, ...rest };
    case 'remove':
      return { type: 'RemoveParticipant', payload: { participantId: whom.participantId, by }, ...rest };
    case 'disconnect':
      return { type: 'NoteDisconnected', payload: { participantId }, ...rest };
    case 'return':
      return { type: 'NoteReturned', payload: { participantId }, ...rest };
    case 'say':
      return { type: 'SendChatMessage', payload: line(n, who).payload, ...rest };
    case 'sayToOne':
      return { type: 'SendChatMessage', payload: line(n, who, whom).payload, ...rest };
    case 'takeBack':
      return { type: 'TakeBackChatMessage', payload: lineToTakeBack(state, pick, participantId), ...rest };
    case 'lapse':
      return { type: 'EndUnusedSession', payload: {}, ...rest };
    case 'end':
      return { type: 'EndSession', payload: { by }, ...rest };
  }
}

function isHelpMove(kind: Move['kind']): kind is HelpMove {
  return ([...helpMoves, ...rareHelpMoves] as readonly string[]).includes(kind);
}

/** Mostly somebody who is in, so that much happens; else anybody. */
function personIn(state: SupportSession, n: number): Person {
  const inside = state.status === 'absent' ? [] : participantsInSession(state).map((participant) => participant.id);
  const candidates = n % 5 === 0 ? places : places.filter((place) => inside.includes(place.participantId));
  return (candidates[n % Math.max(candidates.length, 1)] ?? places[0]) as Person;
}

/** Seldom the representative: with him the session ends. */
function leaver(state: SupportSession, n: number, pick: number): string {
  const { participantId } = personIn(state, n);
  const isRepresentative = participantId === places[0]?.participantId;
  return isRepresentative && pick % 10 !== 0 ? personIn(state, n + 1).participantId : participantId;
}

/** Mostly a customer's next place, else one that was tried before; never the place that is kept for the colleague. */
function newcomerIn(state: SupportSession, n: number): { participantId: string; customerId: string; name: SealedText } {
  const known = state.status === 'absent' ? {} : { ...state.participants, ...state.waiting };
  const unknown = places.slice(2).filter((place) => !(place.participantId in known));
  const candidates = n % 2 === 0 && unknown.length > 0 ? unknown : places.filter((_, index) => index !== 1);
  const { participantId, personId, name } = candidates[n % candidates.length] as Person;
  return { participantId, customerId: personId, name };
}

/** Mostly somebody who waits, also one who was answered. */
function asking(state: SupportSession, n: number): string | undefined {
  if (state.status === 'absent') return undefined;
  const asked = Object.keys(state.waiting);
  return asked[n % Math.max(asked.length, 1)];
}

/** Some line that was said, mostly by who said it. */
function lineToTakeBack(state: SupportSession, n: number, who: string): { messageId: string; authorId: string } {
  const said = state.status === 'absent' ? [] : state.chat;
  const chosen = said[n % Math.max(said.length, 1)];
  if (chosen === undefined) return { messageId: id(999), authorId: who };
  return { messageId: chosen.messageId, authorId: n % 3 === 0 ? who : chosen.authorId };
}

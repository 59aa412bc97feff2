import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import * as v from 'valibot';
import { fold, refusalCodes } from '../decider';
import type { Recorded } from '../decider';
import { eventRegistry, mayViewerSee } from '../event-registry';
import { isSealedText } from '../personal-data';
import { permissions } from '../permissions';
import { isInSession, isLive, viewerIn } from '../session-state';
import type { SupportSession } from '../session-state';
import { deepFreeze, id, theSystem } from '../test-support/given-when-then';
import { moves, places, play } from '../test-support/played-session';
import type { PlayedSession, Step } from '../test-support/played-session';
import { lapsesAt } from '../test-support/session-story';
import { supportSession } from './support-session';
import type { SupportSessionEvent } from './support-session';

const numRuns = 1000;
const seed = Date.now() % 2 ** 31;
const gamesFrom = (from: number): readonly PlayedSession[] =>
  fc.sample(moves, { numRuns, seed: from }).map((tries) => play(tries));
const games = gamesFrom(seed);
type Event = Recorded<SupportSessionEvent>;
type OneOf<Type extends Event['type']> = Extract<Event, { type: Type }>;

describe(`a session played at random (${numRuns} runs of up to 60 commands each)`, () => {
  it('goes all ways: the moves are such that everything happens', () => {
    const seen = new Map<string, number>();
    const count = (what: string): unknown => seen.set(what, (seen.get(what) ?? 0) + 1);
    // Always the same games: what is rare is in them by the moves, and not in some runs by luck.
    for (const { steps } of gamesFrom(1))
      for (const { decision } of steps)
        if (decision.ok) decision.events.forEach(({ type }) => count(type));
        else count(decision.refusal.code);
    const rarest = [
      'JoinRequested',
      'JoinAdmitted',
      'JoinRefused',
      'JoinWithdrawn',
      'ParticipantJoined',
      'ParticipantLeft',
      'ParticipantRemoved',
      'ParticipantDisconnected',
      'ParticipantReturned',
      'ChatMessageSent',
      'ChatMessageTakenBack',
      'SessionEnded',
      'PermissionRequested',
      'PermissionRequestShown',
      'PermissionTimeExtended',
      'PermissionApproved',
      'PermissionNothingChosen',
      'PermissionGranted',
      'PermissionDenied',
      'PermissionWithdrawn',
      'PermissionTimedOut',
      'PermissionRevoked',
      'PermissionEnded',
      'AudioJoined',
      'AudioLeft',
      'AudioMuted',
      'AudioUnmuted',
      'NoteSaved',
      'DeviceDescribed',
      'CustomerInvited',
      'InvitationResent',
      'InvitationSent',
      'InvitationFailed',
      'InvitationWithdrawn',
      'InvitationUsed',
      'SessionReported',
      'SessionReportReviewed',
      'REQUEST_NOT_OPEN',
      'REQUEST_ALREADY_OPEN',
      'REQUEST_TIMED_OUT',
      'ALREADY_GRANTED',
      'WRONG_SURFACE',
      'GRANT_NOT_FOUND',
      'NOT_ALLOWED',
      'DEVICE_CANNOT',
      'CUSTOMER_NOT_HERE',
      'AUDIO_NOT_JOINED',
      'NOTE_CHANGED',
      'INVITATION_USED',
      'INVITATION_WITHDRAWN',
      'SESSION_ENDED',
      'SESSION_NUMBER_UNKNOWN',
      'NOT_A_PARTICIPANT',
      'PARTICIPANT_NOT_FOUND',
      'JOIN_REFUSED',
      'JOIN_REQUEST_NOT_WAITING',
      'CHAT_RECIPIENT_UNKNOWN',
      'MESSAGE_NOT_FOUND',
      'MESSAGE_NOT_YOURS',
    ].map((what) => [what, (seen.get(what) ?? 0) >= 5]);
    expect(rarest.filter(([, often]) => !often)).toEqual([]);
  });

  it('writes only what the log takes, and folds twice to the same', () => {
    forEveryGame(({ events, state }) => {
      for (const { type, payload } of events) {
        const schema = eventRegistry.get(type)?.payload;
        check(schema !== undefined && v.is(schema, payload), `${type} is not fit for the log`);
      }
      expectSame(fold(supportSession, events), state);
      expectSame(fold(supportSession, JSON.parse(JSON.stringify(events)) as Event[]), state);
    });
  });

  it('changes nothing of what the rules are given', () => {
    fc.assert(
      fc.property(moves, (tries) => {
        play(tries, deepFreeze);
      }),
      { numRuns: 200 },
    );
  });

  it('keeps who is in, who waits and who has gone apart', () => {
    forEveryGame(({ events }) => {
      const session = known(fold(supportSession, events));
      const history = new History(events);
      for (const { payload, revision } of history.all('ParticipantJoined'))
        check(payload.role !== 'primaryCustomer' || !history.hasPrimaryIn(revision), 'two to be helped');
      for (const { participantId } of places) {
        const participant = session.participants[participantId];
        check(!(participantId in session.participants && participantId in session.waiting), 'waits and is in');
        check(history.about('ParticipantJoined', participantId).length <= 1, 'a place is taken once');
        check(history.goings(participantId).length <= 1, 'a going is for good');
        check((participant !== undefined) === history.hasJoined(participantId, events.length), 'joined');
        check(presenceIsIn(participant?.presence) === history.isIn(participantId, events.length), 'in');
      }
      for (const asked of history.all('JoinRequested'))
        check(!history.hasJoined(asked.payload.participantId, asked.revision), 'asks who was in');
      for (const { payload, revision } of history.all('JoinAdmitted')) {
        const next = events[revision + 1];
        check(history.waits(payload.participantId, revision), 'admitted who did not wait');
        check(next?.type === 'ParticipantJoined' && next.payload.participantId === payload.participantId, 'not let in');
        const role = history.hasPrimaryIn(revision) ? 'secondaryCustomer' : 'primaryCustomer';
        check(next?.type === 'ParticipantJoined' && next.payload.role === role, 'let in as another');
      }
    });
  });

  it('has a representative in it who can end it, for as long as it is open', () => {
    forEveryGame(({ events, steps }) => {
      const history = new History(events);
      const end = history.all('SessionEnded')[0];
      for (let revision = 2; revision <= (end?.revision ?? events.length); revision++)
        check(
          places.slice(0, 2).some(({ participantId }) => history.isIn(participantId, revision)),
          'nobody serves',
        );
      const late = events.slice((end?.revision ?? events.length) + 1).map(({ type }) => type);
      check(
        late.every((type) => afterTheEnd.includes(type)),
        `after the end: ${late.join()}`,
      );
      steps.filter(({ before }) => before.status === 'ended').forEach(checkNothingHappens);
    });
  });

  it('admits by its number until it lapses, by a link also later, and lapses only unused', () => {
    forEveryGame(({ steps }) => {
      for (const { command, before, decision } of steps) {
        const written = decision.ok ? decision.events : [];
        const hadCustomer = Object.values(known(before).participants).some((p) => p.role === 'primaryCustomer');
        for (const { type, payload } of written) {
          const byItself = type === 'ParticipantJoined' && command.type !== 'AdmitToSession';
          if (byItself && payload.role === 'primaryCustomer')
            check(!hadCustomer && (isLink(command) || command.now < lapsesAt), 'let in by a lapsed or used number');
          if (type === 'SessionEnded' && payload.reason === 'numberLapsed')
            check(!hadCustomer && command.now >= lapsesAt, 'lapsed too early or although used');
        }
      }
    });
  });

  it('has every line said by somebody who was in, to somebody who was in', () => {
    forEveryGame(({ events }) => {
      const history = new History(events);
      const lines = history.all('ChatMessageSent');
      check(new Set(lines.map(({ payload }) => payload.messageId)).size === lines.length, 'an id twice');
      for (const { payload, revision } of lines) {
        check(history.isIn(payload.authorId, revision), 'said from outside');
        const { to } = payload;
        check(to === 'all' || (to !== payload.authorId && history.isIn(to, revision)), 'said to nobody');
      }
    });
  });

  it('has no text of a line that was taken back, and names the key of that line alone', () => {
    forEveryGame(({ events }) => {
      const session = known(fold(supportSession, events));
      const history = new History(events);
      const taken = new Set(history.all('ChatMessageTakenBack').map(({ payload }) => payload.messageId));
      check(taken.size === history.all('ChatMessageTakenBack').length, 'taken back twice');
      for (const { payload, revision } of history.all('ChatMessageTakenBack')) {
        const said = history.all('ChatMessageSent').find((e) => e.payload.messageId === payload.messageId);
        check(said !== undefined && said.revision < revision, 'taken back what was not said');
        check(said?.payload.authorId === payload.authorId && said.payload.to === payload.to, 'by or to another');
        check(isSealedText(said?.payload.text) && said.payload.text.item === payload.key.item, 'another key');
        check(history.isIn(payload.authorId, revision), 'taken back from outside');
      }
      for (const { messageId, text } of session.chat) check((text === null) === taken.has(messageId), 'text');
    });
  });

  it('has a grant only after its owner approved and chose, to people who are in, and none that outlives anybody it needs', () => {
    forEveryGame(({ events, steps }) => {
      const history = new History(events);
      for (const { payload, revision } of history.all('PermissionGranted')) {
        const { requestId, ownerId, grantees, surface, resumes } = payload;
        const asked = history.all('PermissionRequested').find((e) => e.payload.requestId === requestId);
        check(asked?.payload.ownerId === ownerId && asked.revision < revision, 'granted what was not asked');
        check(
          grantees.every((place) => asked?.payload.grantees.includes(place)),
          'for somebody who was not named',
        );
        check(
          [ownerId, ...grantees].every((place) => history.isIn(place, revision)),
          'with somebody from outside',
        );
        check(surface === 'monitor', 'another surface');
        const approved = history.all('PermissionApproved').some((e) => e.payload.requestId === requestId);
        check(approved, 'without approval');
        const before = history.all('PermissionEnded').find((e) => e.payload.grantId === resumes);
        check(resumes === null || (before?.revision ?? revision) < revision, 'resumes what has not ended');
      }
      for (const { after } of steps) {
        const live = Object.values(known(after).grants).filter(isLive);
        check(live.length <= 1, 'two live grants of one capability');
        check(live.length === 0 || after.status === 'open', 'a grant outlives its session');
        const { participants } = known(after);
        for (const { ownerId, grantees } of live) {
          check(isInSession(participants[ownerId]), 'a grant outlives its owner');
          check(
            grantees.some((place) => isInSession(participants[place])),
            'a grant that nobody sees',
          );
        }
        for (const place of Object.keys(known(after).audio))
          check(isInSession(participants[place]), 'speaks from outside');
      }
    });
  });

  it('has every version of a note by one writer, counted without a gap', () => {
    forEveryGame(({ events }) => {
      const notes = new Map<string, { versions: number; authorId: string }>();
      for (const { payload } of new History(events).all('NoteSaved')) {
        const { versions, authorId } = notes.get(payload.noteId) ?? { versions: 0, authorId: payload.authorId };
        check(payload.version === versions + 1 && payload.authorId === authorId, 'versions of a note');
        notes.set(payload.noteId, { versions: versions + 1, authorId });
      }
    });
  });

  it('lets in by an invitation once', () => {
    forEveryGame(({ events }) => {
      const history = new History(events);
      const used = history.all('InvitationUsed').map(({ payload }) => payload.invitationId);
      check(new Set(used).size === used.length, 'used twice');
      for (const { payload, revision } of history.all('InvitationUsed')) {
        const gone = history.all('InvitationWithdrawn').some((e) => e.payload.invitationId === payload.invitationId);
        check(!gone, 'used and withdrawn');
        const { participantId } = payload;
        const came = history.hasJoined(participantId, revision) || history.waits(participantId, revision);
        check(came, 'used by nobody');
      }
    });
  });

  it('writes nothing when the same command comes a second time', () => {
    forEveryGame(({ steps }) => {
      for (const { command, before, decision, after } of steps) {
        expectSame(supportSession.decide(command, before), decision);
        const again = supportSession.decide(command, after);
        // "More time" adds each time, a try to send can fail again; the same one counts once by its command id.
        const mayRepeat = command.type === 'ExtendRequest' || command.type === 'NoteInvitationFailed';
        check(mayRepeat || !decision.ok || !again.ok || again.events.length === 0, `${command.type} twice`);
        check(again.ok || refusalCodes.includes(again.refusal.code), 'an unknown code');
      }
    });
  });
});

describe(`what reaches whom in a session played at random (${numRuns} runs)`, () => {
  it('is what an independent reading of the rules says, for every place, now and at every earlier moment', () => {
    forEveryGame(({ events }) => {
      for (const until of new Set([events.length, Math.ceil(events.length / 2)])) {
        const past = events.slice(0, until);
        const history = new History(past);
        const state = fold(supportSession, past);
        for (const { participantId } of [...places, { participantId: id(99) }]) {
          const viewer = viewerIn(state, participantId);
          for (const event of past) {
            const sees = viewer !== undefined && mayViewerSee(viewer, event);
            check(sees === history.reaches(participantId, event), `${event.type} to ${participantId}: ${sees}`);
          }
        }
      }
    });
  });

  it('never holds a word of what two others said to each other, nor of what was said before a customer came', () => {
    forEveryGame(({ events }) => {
      const history = new History(events);
      const state = fold(supportSession, events);
      for (const { participantId } of places) {
        const feed = feedOf(state, participantId, events);
        const words = JSON.stringify([feed, fold(supportSession, feed)]);
        for (const said of history.all('ChatMessageSent'))
          check(words.includes(`"${markOf(said)}"`) === history.reaches(participantId, said), 'a word leaks or lacks');
      }
    });
  });

  it('is everything for auditors and nothing for other staff', () => {
    const auditor = { kind: 'staff', permissions: new Set(['audit.read'] as const) } as const;
    const others = { kind: 'staff', permissions: new Set(permissions.filter((p) => p !== 'audit.read')) } as const;
    forEveryGame(({ events }) => {
      for (const event of events) check(mayViewerSee(auditor, event) && !mayViewerSee(others, event), event.type);
    });
  });
});

describe(`the fold of any list of events (${numRuns} runs)`, () => {
  const unknown = fc.record({
    type: fc.constantFrom('DrawingMade', 'toString', '__proto__', 'constructor', ''),
    payload: fc.anything(),
  });
  const mixed = fc.record({
    tries: moves,
    viewer: fc.nat({ max: places.length }),
    order: fc.array(fc.nat(), { maxLength: 80, size: 'max' }),
    strange: fc.array(unknown, { maxLength: 5 }),
  });

  it('never throws and never differs: shuffled, partial, doubled, filtered by a viewer, with unknown types', () => {
    fc.assert(
      fc.property(mixed, ({ tries, viewer, order, strange }) => {
        const { events, steps } = play(tries);
        const seen = feedOf(fold(supportSession, events), places[viewer]?.participantId, events);
        const chosen = order.flatMap((n) => seen[n % Math.max(seen.length, 1)] ?? []);
        const foreign = strange.map(
          (event) => ({ ...event, revision: 7, occurredAt: 'then', actor: theSystem }) as never,
        );
        for (const list of [seen, seen.toReversed(), chosen, [...foreign, ...chosen, ...foreign]]) {
          const state = fold(supportSession, list);
          expectSame(fold(supportSession, list), state);
          for (const { command } of steps) {
            const decision = supportSession.decide(command, state);
            check(decision.ok || refusalCodes.includes(decision.refusal.code), 'neither a yes nor a known no');
          }
        }
        expectSame(fold(supportSession, [...foreign, ...seen, ...foreign]), fold(supportSession, seen));
      }),
      { numRuns },
    );
  });
});

/** What happened, read from the events alone and in the plainest way: the oracle knows nothing of the folds. */
class History {
  readonly events: readonly Event[];

  constructor(events: readonly Event[]) {
    this.events = events;
  }

  all<Type extends Event['type']>(type: Type): readonly OneOf<Type>[] {
    return this.events.filter((event): event is OneOf<Type> => event.type === type);
  }

  about(type: Event['type'], place: string): readonly Event[] {
    return this.all(type).filter(({ payload }) => 'participantId' in payload && payload.participantId === place);
  }

  goings(place: string): readonly Event[] {
    return [...this.about('ParticipantLeft', place), ...this.about('ParticipantRemoved', place)];
  }

  hasJoined(place: string, before: number): boolean {
    return this.about('ParticipantJoined', place).some(({ revision }) => revision < before);
  }

  isIn(place: string, before: number): boolean {
    return this.hasJoined(place, before) && !this.goings(place).some(({ revision }) => revision < before);
  }

  hasPrimaryIn(before: number): boolean {
    return this.all('ParticipantJoined').some(
      ({ payload }) => payload.role === 'primaryCustomer' && this.isIn(payload.participantId, before),
    );
  }

  waits(place: string, before: number): boolean {
    const answers = [...this.about('JoinRefused', place), ...this.about('JoinWithdrawn', place)];
    return (
      this.about('JoinRequested', place).some(({ revision }) => revision < before) &&
      !answers.some(({ revision }) => revision < before) &&
      !this.hasJoined(place, before)
    );
  }

  /** Who may see it: section 4 of the architecture, and what chat promises. Someone not yet in sees what is about him. */
  reaches(place: string, event: Event): boolean {
    const until = this.events.length;
    if (this.goings(place).some(({ revision }) => revision < event.revision)) return false;
    const knownHere = this.hasJoined(place, until) || this.about('JoinRequested', place).length > 0;
    const joinedAt = this.about('ParticipantJoined', place)[0]?.revision;
    const serves = joinedAt !== undefined && places.slice(0, 2).some((p) => p.participantId === place);
    switch (event.type) {
      case 'SessionStarted':
      case 'NoteSaved':
      case 'CustomerInvited':
      case 'InvitationResent':
      case 'InvitationSent':
      case 'InvitationFailed':
      case 'InvitationWithdrawn':
      case 'InvitationUsed':
      case 'SessionReported':
        return serves;
      case 'SessionReportReviewed':
        return false;
      case 'DeviceDescribed':
        return serves || (knownHere && event.payload.participantId === place);
      case 'JoinRequested':
      case 'JoinAdmitted':
      case 'JoinRefused':
      case 'JoinWithdrawn':
        return serves || (knownHere && event.payload.participantId === place);
      case 'ChatMessageSent':
      case 'ChatMessageTakenBack': {
        const isHis = [event.payload.authorId, event.payload.to].includes(place);
        return (event.payload.to === 'all' || isHis) && joinedAt !== undefined && (serves || event.revision > joinedAt);
      }
      case 'SessionEnded':
        return joinedAt !== undefined || this.waits(place, until);
      default:
        return joinedAt !== undefined;
    }
  }
}

/** The same games for every rule; one that breaks a rule is played again, smaller and smaller, to show the least that does. */
function forEveryGame(rule: (game: PlayedSession) => void): void {
  try {
    games.forEach(rule);
  } catch (error) {
    fc.assert(
      fc.property(moves, (tries) => rule(play(tries))),
      { numRuns, seed },
    );
    throw error;
  }
}

/** Notes are open for a while, the mail server may answer late, and a report is looked at after the end. */
const afterTheEnd: readonly Event['type'][] = [
  'NoteSaved',
  'InvitationSent',
  'InvitationFailed',
  'SessionReportReviewed',
];

function checkNothingHappens({ command, before, decision, after }: Step): void {
  if (decision.ok && decision.events.length > 0)
    return check(
      decision.events.every(({ type }) => afterTheEnd.includes(type)),
      `${command.type} was accepted after the end`,
    );
  check(after === before, 'an ended session changed');
  const quiet = ['EndUnusedSession', 'ReviewSessionReport', 'NoteInvitationSent', 'NoteInvitationFailed'];
  if (decision.ok) check(quiet.includes(command.type), `${command.type} was accepted after the end`);
  else check(refusalCodes.includes(decision.refusal.code), 'an unknown code');
}

function isLink({ type }: Step['command']): boolean {
  return type === 'JoinByInvitation';
}

function feedOf(state: SupportSession, place: string | undefined, events: readonly Event[]): readonly Event[] {
  if (place === undefined) return events;
  const viewer = viewerIn(state, place);
  return viewer === undefined ? [] : events.filter((event) => mayViewerSee(viewer, event));
}

function markOf({ payload: { text } }: OneOf<'ChatMessageSent'>): string {
  return isSealedText(text) ? text.ciphertext : 'no mark';
}

function known(state: SupportSession): Exclude<SupportSession, { status: 'absent' }> {
  if (state.status === 'absent') throw new Error('The session was never started.');
  return state;
}

function presenceIsIn(presence: string | undefined): boolean {
  return presence === 'present' || presence === 'away';
}

/** As `expect(...).toEqual`, but cheap enough for millions of times. */
function expectSame(one: unknown, other: unknown): void {
  check(JSON.stringify(one) === JSON.stringify(other), 'not the same');
}

function check(holds: boolean, what: string): void {
  if (!holds) throw new Error(what);
}

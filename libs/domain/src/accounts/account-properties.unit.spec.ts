import { describe, it } from '@jest/globals';
import fc from 'fast-check';
import * as v from 'valibot';
import { fold, refusalCodes } from '../decider';
import type { Actor, Recorded } from '../decider';
import { eventRegistry } from '../event-registry';
import { roles } from '../permissions';
import type { Role } from '../permissions';
import { at, id, sealed, theSystem } from '../test-support/given-when-then';
import { account } from './account';
import type { Account, AccountCommand } from './account';
import type { AccountEvent } from './account-events';

const numRuns = 1000;
type Event = Recorded<AccountEvent>;

const kinds = [
  'CreateAccount',
  'ChangeAccount',
  'DisableAccount',
  'EnableAccount',
  'SetRoles',
  'IssueAccountLink',
  'ChangePassword',
  'SignIn',
  'SignOut',
  'SignOutEverywhere',
] as const;
const kind = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...kinds) },
  { weight: 2, arbitrary: fc.constantFrom('IssueAccountLink', 'ChangePassword', 'EnableAccount', 'SignIn') },
);

/** What somebody tries on an account. Links last ten seconds here, so that clocks often stand just at their end. */
const moves = fc.array(
  fc.record({
    kind,
    whose: fc.nat({ max: 3 }),
    actor: fc.nat({ max: 3 }),
    wanted: fc.subarray([...roles]),
    how: fc.constantFrom('link', 'link', 'own', 'firstStart', 'recovery'),
    later: fc.constantFrom(0, 0.001, -0.001, 5, 9.999, 10, 10.001, -20),
  }),
  { maxLength: 50, size: 'max' },
);
type Move = typeof moves extends fc.Arbitrary<(infer M)[]> ? M : never;
const linkSeconds = 10;

function commandOf({ kind, whose, wanted, how }: Move, actor: Actor, seconds: number): AccountCommand {
  const rest = { now: at(seconds), actor };
  switch (kind) {
    case 'CreateAccount':
      return { type: kind, payload: creation(whose, wanted), ...rest };
    case 'ChangeAccount':
      return { type: kind, payload: { locale: wanted[0] ?? 'en' }, ...rest };
    case 'SetRoles':
      return { type: kind, payload: { roles: wanted }, ...rest };
    case 'IssueAccountLink':
      return { type: kind, payload: { expiresAt: at(seconds + linkSeconds) }, ...rest };
    case 'ChangePassword':
      return { type: kind, payload: { how: how as 'link' | 'own' | 'firstStart' | 'recovery' }, ...rest };
    case 'SignIn':
    case 'SignOut':
      return { type: kind, payload: { signInId: id(50) }, ...rest };
    default:
      return { type: kind, payload: {}, ...rest } as AccountCommand;
  }
}

function creation(n: number, held: readonly Role[]): (AccountEvent & { type: 'AccountCreated' })['payload'] {
  const subject = `representative-${id(n)}`;
  const [name, email] = [sealed(subject, 'identity', 'name'), sealed(subject, 'identity', 'email')];
  return { representativeId: id(n), name, email, roles: [...held], origin: 'invitation' };
}

/** One account's stream, as the log would have it. */
class Stream {
  readonly events: Event[] = [];
  state: Account = account.initialState();

  /** Decides and writes; answers what was written, or the code of the "no". */
  try(command: AccountCommand): readonly AccountEvent[] | string {
    const decision = account.decide(command, this.state);
    if (!decision.ok) return decision.refusal.code;
    for (const event of decision.events) this.write(event, command);
    return decision.events;
  }

  write(event: AccountEvent, { now, actor }: { now: string; actor: Actor }): void {
    const written = { ...event, revision: this.events.length, occurredAt: now, actor };
    this.events.push(written);
    this.state = account.evolve(this.state, written);
  }

  /** The oracle, from the events alone. */
  isDisabled(): boolean {
    return lastOf(this.events, 'AccountDisabled') > lastOf(this.events, 'AccountEnabled');
  }

  hasPassword(): boolean {
    return lastOf(this.events, 'PasswordChanged') >= 0;
  }

  roles(): readonly Role[] {
    return this.events.reduce<readonly Role[]>((held, { type, payload }) => {
      if (type === 'AccountCreated') return payload.roles;
      if (type === 'RolesGranted') return [...held, ...payload.roles];
      return type === 'RolesWithdrawn' ? held.filter((role) => !payload.roles.includes(role)) : held;
    }, []);
  }

  isAdministrator(): boolean {
    return !this.isDisabled() && this.hasPassword() && this.roles().includes('administrator');
  }

  linkIsGood(now: string): boolean {
    const issued = lastOf(this.events, 'AccountLinkIssued');
    const void_ = Math.max(lastOf(this.events, 'PasswordChanged'), lastOf(this.events, 'AccountDisabled'));
    const event = this.events[issued];
    return issued > void_ && event?.type === 'AccountLinkIssued' && now < event.payload.expiresAt;
  }
}

function lastOf(events: readonly Event[], type: Event['type']): number {
  return events.findLastIndex((event) => event.type === type);
}

describe(`an account played at random (${numRuns} runs of up to 50 commands each)`, () => {
  it('lets nobody in who is disabled or has no password', () => {
    forEveryStream((stream, { command, disabled, hadPassword, answer }) => {
      if (command.type !== 'SignIn') return;
      const expected = disabled ? 'ACCOUNT_DISABLED' : hadPassword ? 'SignedIn' : 'SIGN_IN_REFUSED';
      check(typesOf(answer) === expected, `${typesOf(answer)} and not ${expected}`);
    });
  });

  it('takes a password by link exactly while the last link is good', () => {
    forEveryStream((_, { command, disabled, linkWasGood, answer }) => {
      if (command.type !== 'ChangePassword' || command.payload.how !== 'link' || disabled) return;
      check((answer !== 'LINK_NOT_VALID') === linkWasGood, `${typesOf(answer)} at ${command.now}`);
    });
  });

  it('ends every sign-in with a new password and with the disabling', () => {
    forEveryStream((_, { hadPassword, answer }) => {
      const types = typesOf(answer);
      if (types.includes('AccountDisabled')) check(types === 'AccountDisabled+SignedOut', types);
      if (types.includes('PasswordChanged'))
        check(types === (hadPassword ? 'PasswordChanged+SignedOut' : 'PasswordChanged'), types);
    });
  });

  it('holds each role once and never none', () => {
    forEveryStream((stream) => {
      const held = stream.roles();
      check(held.length > 0 && new Set(held).size === held.length, `roles ${held.join()}`);
      check(stream.state.status === 'absent' || stream.state.roles.join() === held.join(), 'another fold');
    });
  });

  it('writes only what the log takes, answers with known codes, and folds twice to the same', () => {
    forEveryStream((stream, { answer }) => {
      if (typeof answer === 'string') return check((refusalCodes as readonly string[]).includes(answer), answer);
      for (const { type, payload } of answer) check(v.is(eventRegistry.get(type)!.payload, payload), type);
      check(JSON.stringify(fold(account, stream.events)) === JSON.stringify(stream.state), 'another fold');
    });
  });

  it('is folded without a throw from any list: shuffled, partial, doubled, with unknown types', () => {
    const order = fc.array(fc.nat(), { maxLength: 60, size: 'max' });
    fc.assert(
      fc.property(moves, order, fc.anything(), (tries, picks, payload) => {
        const events = played(tries);
        const unknown = { type: 'SkillsChanged', payload, revision: 0, occurredAt: '', actor: theSystem } as never;
        const list = picks.flatMap((n) => events[n % Math.max(events.length, 1)] ?? []);
        const state = fold(account, [unknown, ...list, unknown]);
        check(JSON.stringify(state) === JSON.stringify(fold(account, list)), 'not the same');
        tries.forEach((move) => account.decide(commandOf(move, theSystem, 0), state));
      }),
      { numRuns },
    );
  });
});

describe(`four accounts whose administrators do as they please (${numRuns} runs)`, () => {
  it('always have an administrator who can sign in', () => {
    fc.assert(
      fc.property(moves, (tries) => {
        const office = Array.from({ length: 4 }, (_, n) => hired(n));
        for (const move of tries) {
          const target = office[move.whose] as Stream;
          const acts = office[move.actor] as Stream;
          const isOwn = move.kind === 'ChangePassword' || move.kind === 'SignIn';
          if (!isOwn && !acts.isAdministrator()) continue;
          target.try(commandOf(move, { kind: 'representative', id: id(isOwn ? move.whose : move.actor) }, 0));
          const left = office.filter((stream) => stream.isAdministrator());
          check(left.length > 0, 'no administrator is left');
          check(
            left.every(({ state }) => account.decide(signIn, state).ok),
            'an administrator who cannot sign in',
          );
        }
      }),
      { numRuns },
    );
  });

  const signIn: AccountCommand = { type: 'SignIn', payload: { signInId: id(50) }, now: at(0), actor: theSystem };
});

/** The first is an administrator with a password; the others are invited. */
function hired(n: number): Stream {
  const stream = new Stream();
  const envelope = { now: at(0), actor: theSystem };
  const held: readonly Role[] = n < 2 ? ['administrator', 'auditor'] : ['representative'];
  stream.write({ type: 'AccountCreated', payload: creation(n, held) }, envelope);
  if (n === 0) stream.write({ type: 'PasswordChanged', payload: { how: 'firstStart' } }, envelope);
  return stream;
}

interface Tried {
  readonly command: AccountCommand;
  readonly answer: readonly AccountEvent[] | string;
  readonly disabled: boolean;
  readonly hadPassword: boolean;
  readonly linkWasGood: boolean;
}

function forEveryStream(rule: (stream: Stream, tried: Tried) => void): void {
  fc.assert(
    fc.property(moves, (tries) => {
      played(tries, rule);
    }),
    { numRuns },
  );
}

function played(tries: readonly Move[], rule: (stream: Stream, tried: Tried) => void = () => undefined): Event[] {
  const stream = hired(3);
  let seconds = 0;
  for (const move of tries) {
    seconds += move.later;
    const actor = { kind: 'representative', id: id(move.actor) } as const;
    const command = commandOf({ ...move, whose: 3 }, actor, seconds);
    const before = { disabled: stream.isDisabled(), hadPassword: stream.hasPassword() };
    const linkWasGood = stream.linkIsGood(command.now);
    const answer = stream.try(command);
    rule(stream, { command, answer, linkWasGood, ...before });
  }
  return stream.events;
}

function typesOf(answer: readonly AccountEvent[] | string): string {
  return typeof answer === 'string' ? answer : answer.map(({ type }) => type).join('+');
}

function check(holds: boolean, what: string): void {
  if (!holds) throw new Error(what);
}

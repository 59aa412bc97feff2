import { setTimeout as pause } from 'node:timers/promises';
import type { Command, Decider, Decision, DomainEvent, OpenedText, PersonalText, Refusal } from '@deskside/domain';
import { eventRegistry } from '@deskside/domain';
import { eventIdFor, sealEvent, streamPages } from '@deskside/event-store';
import type {
  AppendResult,
  EventId,
  EventStore,
  Position,
  RecordedEvent,
  SealedEvent,
  StreamName,
} from '@deskside/event-store';
import type { Vault } from '@deskside/vault';
import { sealPayload, SubjectErased, unsealedTextsIn, VaultFull, VaultUnavailable } from '@deskside/vault';
import * as v from 'valibot';
import type { Clock } from '../clock/clock';
import type { SiteIdentity } from '../log/log';
import { actorOf } from './caller';
import type { CommandAllowance } from './command-allowance';
import { isCommandId } from './command-id';
import type { Caller } from './caller';
import { done, refused } from './outcome';
import type { Outcome } from './outcome';
import { SealedTextOrigins } from './sealed-text-origins';
import { commandKey, emptyStream, StreamCache } from './stream-cache';
import type { LoadedStream } from './stream-cache';
import { Turns } from './turns';

/** What a command did. Without events (all was so already) it is where the stream stands. */
export interface Handled<State> {
  readonly state: State;
  readonly position: Position;
  readonly revision: bigint;
}

/** One command for one stream; `commandId` is the caller's and makes a retry harmless. */
export interface Envelopment {
  readonly stream: StreamName;
  readonly commandId: string;
  readonly caller: Caller;
  readonly causationId?: string;
  /** Role of the caller in the session, for the record. */
  readonly sessionRole?: string;
}

type AnyDecider<C extends Command, E extends DomainEvent, S> = Decider<C, E, S>;
type Rejected = { readonly ok: false; readonly refusal: Refusal };

/** From its call on a command decides again for so long while other writers are faster; then its caller may try again. */
const conflictPatienceMs = 2_000;
/** Between two tries at most. Who meets no conflict need not read, and is faster until they have written what they had. */
const longestPauseMs = 50;
/** An append whose outcome is unknown is sent again with the same bytes. */
const appendTries = 3;

/**
 * The way of every change: load the stream's fold, decide, seal, append, fold the result. Commands for one stream run one
 * after the other on this node; against other nodes the expected revision decides and the loser decides again.
 */
export class CommandPath {
  readonly #origins = new SealedTextOrigins();
  readonly #cache = new StreamCache(this.#origins);
  readonly #turns = new Turns();
  readonly #store: EventStore;
  readonly #vault: Vault;
  readonly #clock: Clock;
  readonly #identity: SiteIdentity;
  readonly #allowance: CommandAllowance;

  constructor(parts: {
    store: EventStore;
    vault: Vault;
    clock: Clock;
    identity: SiteIdentity;
    allowance: CommandAllowance;
  }) {
    this.#store = parts.store;
    this.#vault = parts.vault;
    this.#clock = parts.clock;
    this.#identity = parts.identity;
    this.#allowance = parts.allowance;
  }

  /** The fold of a stream as it stands now; another node's events are read first only by `handle`. */
  async stateOf<E extends DomainEvent, S>(
    decider: AnyDecider<never, E, S>,
    stream: StreamName,
  ): Promise<LoadedStream<S>> {
    return this.#turns.take(stream, () => this.#load(decider, stream, false));
  }

  /** The fold of a stream with whatever any node has written to it by now. */
  async stateAfresh<E extends DomainEvent, S>(
    decider: AnyDecider<never, E, S>,
    stream: StreamName,
  ): Promise<LoadedStream<S>> {
    return this.#turns.take(stream, () => this.#load(decider, stream, true));
  }

  handle<C extends Command, E extends DomainEvent, S>(
    decider: AnyDecider<C, E, S>,
    about: Envelopment,
    command: Pick<C, 'type' | 'payload'>,
  ): Promise<Outcome<Handled<S>>> {
    if (!isCommandId(about.commandId)) return Promise.resolve(refused('COMMAND_ID_INVALID'));
    // Nothing is decided upon a history that cannot be trusted.
    if (this.#store.integrity().status === 'damaged') return Promise.resolve(refused('LOG_READ_ONLY'));
    const patientUntil = performance.now() + conflictPatienceMs;
    return this.#turns.take(about.stream, () => this.#handle(decider, about, { ...command, patientUntil }));
  }

  /** A text of a fold in the clear, for somebody who may read it. Nobody keeps what it gives. */
  textOf(text: PersonalText): Promise<OpenedText> {
    return this.#origins.textOf(text, this.#vault);
  }

  async #handle<C extends Command, E extends DomainEvent, S>(
    decider: AnyDecider<C, E, S>,
    about: Envelopment,
    { type, payload, patientUntil }: Pick<C, 'type' | 'payload'> & { readonly patientUntil: number },
  ): Promise<Outcome<Handled<S>>> {
    for (let conflicts = 0; ; conflicts++) {
      const outcome = await this.#attempt(decider, about, { type, payload, isRepeated: conflicts > 0 });
      if (outcome !== 'conflict') return outcome;
      if (performance.now() > patientUntil) return refused('REVISION_CONFLICT');
      await pause(Math.random() * Math.min(2 ** conflicts, longestPauseMs));
    }
  }

  async #attempt<C extends Command, E extends DomainEvent, S>(
    decider: AnyDecider<C, E, S>,
    about: Envelopment,
    { type, payload, isRepeated }: Pick<C, 'type' | 'payload'> & { readonly isRepeated: boolean },
  ): Promise<Outcome<Handled<S>> | 'conflict'> {
    const actor = actorOf(about.caller);
    const loaded = await this.#load(decider, about.stream, isRepeated);
    const known = loaded.commands.get(commandKey(actor.id, about.commandId));
    if (known !== undefined) return repeatedAnswer(known, type, loaded.state);
    const now = this.#notBefore(loaded.lastOccurredAt);
    const decision: Decision<E> = decider.decide({ type, payload, now, actor } as C, loaded.state);
    if (!decision.ok) return decision;
    if (decision.events.length === 0) return this.#unchanged(loaded);
    const tooFast = isRepeated ? null : this.#allowance.refusalOf({ ...about, type });
    if (tooFast !== null) return { ok: false, refusal: tooFast };
    return this.#write(decider, about, { type, now, events: decision.events, loaded });
  }

  async #write<E extends DomainEvent, S>(
    decider: AnyDecider<never, E, S>,
    about: Envelopment,
    batch: { type: string; now: string; events: readonly E[]; loaded: LoadedStream<S> },
  ): Promise<Outcome<Handled<S>> | 'conflict'> {
    const { loaded } = batch;
    const sealed = await this.#seal(about, batch);
    if ('refusal' in sealed) return sealed;
    const expected = loaded.revision < 0n ? 'noStream' : loaded.revision;
    const result = await this.#append(about.stream, sealed.events, expected);
    if (!result.ok) return this.#refusedAppend(about.stream, result.code);
    if (result.alreadyThere) {
      const fresh = await this.#load(decider, about.stream, true);
      return done({ state: fresh.state, position: result.position, revision: result.lastRevision });
    }
    const bytes = sealed.events.reduce((sum, { body }) => sum + body.length, 0);
    this.#allowance.wrote({ ...about, type: batch.type }, bytes);
    const recorded = asRecorded(about.stream, sealed.events, loaded.revision, result.position);
    const advanced = this.#cache.advance(loaded, recorded, decider.evolve);
    this.#cache.set(about.stream, advanced);
    return done({ state: advanced.state, position: result.position, revision: advanced.revision });
  }

  async #seal<E extends DomainEvent, S>(
    about: Envelopment,
    batch: { type: string; now: string; events: readonly E[]; loaded: LoadedStream<S> },
  ): Promise<{ events: readonly SealedEvent[] } | Rejected> {
    const payloads = await Promise.all(batch.events.map((event) => this.#origins.unseal(event.payload, this.#vault)));
    try {
      const sealing = await this.#vault.prepare(payloads.flatMap((payload) => unsealedTextsIn(payload)));
      return { events: this.#link(about, batch, (index, id) => sealPayload(payloads[index], id, sealing)) };
    } catch (error) {
      if (error instanceof SubjectErased) return refused('SUBJECT_ERASED');
      if (error instanceof VaultFull) return refused('LOG_DISK_FULL');
      if (error instanceof VaultUnavailable) return refused('NOT_YET');
      throw error;
    }
  }

  /** The envelopes, each checked against its declaration and linked to the one before. */
  #link<E extends DomainEvent, S>(
    about: Envelopment,
    { type, now, events, loaded }: { type: string; now: string; events: readonly E[]; loaded: LoadedStream<S> },
    payloadOf: (index: number, id: EventId) => unknown,
  ): readonly SealedEvent[] {
    const { stream, caller, commandId, causationId = null, sessionRole } = about;
    const actor = sessionRole === undefined ? actorOf(caller) : { ...actorOf(caller), sessionRole };
    const shared = {
      stream,
      occurredAt: now,
      actor,
      correlationId: caller.correlationId,
      causationId,
      commandId,
      commandType: type,
    };
    let { lastHash, revision } = loaded;
    return events.map((event, index) => {
      const declaration = declarationOf(event.type);
      const id = eventIdFor({ actorId: actor.id, stream, commandId, index });
      const payload = v.parse(declaration.payload, payloadOf(index, id));
      revision += 1n;
      const own = { id, type: event.type, schemaVersion: declaration.version, revision: revision.toString(), payload };
      const sealed = sealEvent({ ...shared, ...own, ...this.#identity }, lastHash);
      lastHash = sealed.hash;
      return sealed;
    });
  }

  #refusedAppend(stream: StreamName, code: Extract<AppendResult, { ok: false }>['code']): Rejected | 'conflict' {
    if (code === 'REVISION_CONFLICT') return 'conflict';
    // Whether it was written nobody knows: the next command looks.
    if (code === 'LOG_UNAVAILABLE') this.#cache.drop(stream);
    return refusalOfAppend(code);
  }

  async #append(
    stream: StreamName,
    events: readonly SealedEvent[],
    expected: 'noStream' | bigint,
  ): Promise<AppendResult> {
    for (let tries = 1; ; tries++) {
      try {
        return await this.#store.append(stream, events, expected);
      } catch (error) {
        if (tries >= appendTries) {
          this.#cache.drop(stream);
          throw error;
        }
      }
    }
  }

  async #load<E extends DomainEvent, S>(
    decider: AnyDecider<never, E, S>,
    stream: StreamName,
    afresh: boolean,
  ): Promise<LoadedStream<S>> {
    const cached = this.#cache.get<S>(stream);
    if (cached !== undefined && !afresh) return cached;
    const loaded = await this.#readOn(decider, stream, cached ?? emptyStream(decider.initialState()));
    // What does not exist costs a stranger nothing to name: it takes no place from what does.
    if (loaded.revision >= 0n) this.#cache.set(stream, loaded);
    return loaded;
  }

  /** The fold with all that stands behind it in the log; where the log does not have its last event it is made anew. */
  async #readOn<E extends DomainEvent, S>(
    decider: AnyDecider<never, E, S>,
    stream: StreamName,
    from: LoadedStream<S>,
  ): Promise<LoadedStream<S>> {
    const isEmpty = from.revision < 0n;
    let loaded = isEmpty ? from : null;
    for await (const events of streamPages(this.#store, stream, isEmpty ? 0n : from.revision)) {
      const fresh = loaded === null ? behind(from, events) : events;
      if (fresh === null) break;
      loaded = this.#cache.advance(loaded ?? from, fresh, decider.evolve);
    }
    return loaded ?? this.#readOn(decider, stream, emptyStream(decider.initialState()));
  }

  /** A clock that was set back never makes a stream run backwards. */
  #notBefore(last: string): string {
    const now = this.#clock.now().toISOString();
    return now < last ? last : now;
  }

  async #unchanged<S>({ state, revision, position }: LoadedStream<S>): Promise<Outcome<Handled<S>>> {
    const stands = position ?? (await this.#store.head());
    if (stands === null) throw new Error('A command changed nothing in an empty log.');
    return done({ state, revision, position: stands });
  }
}

function repeatedAnswer<S>(
  known: { type: string; position: Position; lastRevision: bigint },
  type: string,
  state: S,
): Outcome<Handled<S>> {
  if (known.type !== type) return refused('COMMAND_ID_REUSED');
  return done({ state, position: known.position, revision: known.lastRevision });
}

/** Of a page that begins with the last event of a fold all that follows it; null when it begins with anything else. */
function behind(
  { revision, lastHash }: LoadedStream<unknown>,
  [last, ...fresh]: readonly RecordedEvent[],
): readonly RecordedEvent[] | null {
  return last?.revision === revision && Buffer.compare(last.hash, lastHash) === 0 ? fresh : null;
}

function declarationOf(type: string): NonNullable<ReturnType<typeof eventRegistry.get>> {
  const declaration = eventRegistry.get(type);
  if (declaration === undefined) throw new Error(`No event of type ${type} is declared.`);
  return declaration;
}

type AppendRefusal = Exclude<Extract<AppendResult, { ok: false }>['code'], 'REVISION_CONFLICT'>;

function refusalOfAppend(code: AppendRefusal): Rejected {
  if (code === 'LOG_READ_ONLY' || code === 'LOG_DISK_FULL' || code === 'LOG_UNAVAILABLE') return refused(code);
  return refused(code === 'EVENT_TOO_LARGE' ? 'INPUT_INVALID' : 'COMMAND_ID_REUSED');
}

/** The events as they were written; the position of the last one stands for all, as nothing reads those between. */
function asRecorded(
  stream: StreamName,
  events: readonly SealedEvent[],
  after: bigint,
  position: Position,
): readonly RecordedEvent[] {
  return events.map((event, index) => ({ ...event, stream, revision: after + 1n + BigInt(index), position }));
}

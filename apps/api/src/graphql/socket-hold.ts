import type { Refusal, RefusalCode } from '@deskside/domain';
import { actorOf } from '../command-path/caller';
import type { Caller } from '../command-path/caller';
import { delayRefusal } from '../limits/delay-refusal';
import { everybody, holdAll } from '../limits/held-counts';
import type { Release } from '../limits/held-counts';
import type { Limits } from '../limits/limits';
import { tooMany, tooManyOpen } from '../limits/too-many';

type Side = 'Customer' | 'Staff';

/** What somebody may say before it is known whose connection it is, bytes: a bearer has some 200. */
export const helloBytes = 8192;
let sockets = 0;

/** What one live connection holds of the server, from its upgrade to its end. */
export class SocketHold {
  readonly #id = `socket ${(sockets += 1)}`;
  readonly #releases = new Set<Release>();
  readonly #operations = new Map<object, Release>();
  readonly #feeds = new Map<object, AsyncIterator<unknown>>();
  /** A customer, who gets no more by many connections than by one; else null. */
  #customerId: string | null = null;
  /** Whose messages come in turn: those of strangers are their address's. */
  #owner: string;
  /** It is closed, or about to be: nothing more is done for it. */
  #isOver = false;
  #refusal: Promise<void> = Promise.resolve();
  isAcknowledged = false;

  private constructor(
    private readonly limits: Limits,
    private readonly address: string,
    /** The place among the strangers. */
    private readonly acknowledged: Release,
  ) {
    this.#owner = address;
  }

  /**
   * Null when this address has as many as there may be, or opens too many.
   * @param giveWay ends the connection while it has not said whose it is: it is the oldest of too many
   */
  static open(limits: Limits, address: string, giveWay: () => void): SocketHold | null {
    if (limits.rate('socketsOpenedByAddress').take(address) > 0) return null;
    const held = limits.held('socketsOfAddress').hold(address);
    if (held === null) return null;
    const hold = new SocketHold(limits, address, limits.strangers.take(address, giveWay));
    hold.#releases.add(held).add(hold.acknowledged);
    return hold;
  }

  /**
   * It is known whose connection this is. Null when they may have it: TOO_MANY_OPEN says that they have too many themselves,
   * TOO_MANY_REQUESTS that they open too many, or that everybody together has. Strangers who say nothing take no place
   * among everybody's. One that is over meanwhile gets nothing that nobody would give back.
   */
  acknowledge(caller: Caller): RefusalCode | null {
    this.acknowledged();
    // Whoever ended it has said why: this reaches nobody.
    if (this.#isOver) return 'TOO_MANY_OPEN';
    const [side, owner] = [sideOf(caller), ownerOf(caller)];
    this.#owner = owner;
    if (side === 'Customer') this.#customerId = owner;
    if (this.limits.rate(`socketsOpenedBy${side}`).take(owner) > 0) return 'TOO_MANY_REQUESTS';
    const ofOwner = this.limits.held(`socketsOf${side}`).hold(owner);
    if (ofOwner === null) return 'TOO_MANY_OPEN';
    this.#releases.add(ofOwner);
    const ofAll = this.limits.held('sockets').hold(everybody);
    if (ofAll === null) return 'TOO_MANY_REQUESTS';
    this.#releases.add(ofAll);
    this.isAcknowledged = true;
    return null;
  }

  /** Nothing more is done for it. */
  get isOver(): boolean {
    return this.#isOver;
  }

  /** It is over from now on. Settles when it is time to say so, however often it is asked: late, or when it is gone. */
  untilRefusal(): Promise<void> {
    if (this.#isOver) return this.#refusal;
    this.#isOver = true;
    this.#refusal = new Promise((resolve) =>
      delayRefusal(this.limits, this.address, resolve, (end) => {
        this.#releases.add(() => {
          end();
          resolve();
        });
      }),
    );
    return this.#refusal;
  }

  /** Whether another message is taken, of so many bytes; whoever sends more than that is cut off. */
  takesMessage(bytes: number): boolean {
    if (this.limits.rate('bytesOfAddress').take(this.address, bytes) > 0) return false;
    if (!this.isAcknowledged)
      return bytes <= helloBytes && this.limits.rate('messagesOfStrangersAtAddress').take(this.address) === 0;
    const wait =
      this.#customerId === null
        ? this.limits.rate('messagesOfSocket').take(this.#id)
        : this.limits.rate('messagesOfCustomer').take(this.#customerId);
    return wait === 0;
  }

  /** Does what a message asks for when it is its owner's turn, unless the connection is over by then. */
  inTurn(work: () => void): void {
    this.limits.messages.run(this.#owner, () => {
      if (!this.#isOver) work();
    });
  }

  /** A question or a command over this connection, held until `end(operation)`. Null when it may be. */
  request(caller: Caller | null, operation: object): Refusal | null {
    if (this.#isOver) return tooManyOpen;
    const owner = caller === null ? this.#id : ownerOf(caller);
    const wait = this.limits.rate('requestsOfCaller').take(owner);
    const release = wait > 0 ? null : this.limits.held('requestsInFlightOfCaller').hold(owner);
    if (release === null) return tooMany(wait);
    this.#operations.set(operation, release);
    return null;
  }

  /**
   * A feed of this kind, held until `end(operation)`. Null when it may be; people who are about to be refused for another
   * reason hold nothing.
   */
  feed(caller: Caller | null, kind: string, operation: object): Refusal | null {
    if (this.#isOver) return tooManyOpen;
    if (caller === null) return this.request(caller, operation);
    const [side, owner] = [sideOf(caller), ownerOf(caller)];
    const wait = this.limits.rate(`feedsOpenedBy${side}`).take(owner);
    if (wait > 0) return tooMany(wait);
    const release = holdAll([
      () => this.limits.held(`feedsOfSocketOf${side}`).hold(this.#id),
      () => this.limits.held(`feedsOfKindOf${side}`).hold(`${owner} ${kind}`),
      () => this.limits.held('feedsOfAddress').hold(this.address),
    ]);
    if (release === null) return tooManyOpen;
    this.#operations.set(operation, release);
    return null;
  }

  end(operation: object): void {
    this.#operations.get(operation)?.();
    this.#operations.delete(operation);
    this.#feeds.delete(operation);
  }

  /** What the feed of this operation gives, so that it ends with the connection whatever else knows of it. */
  keep(operation: object, feed: AsyncIterator<unknown>): void {
    if (this.#isOver) return void feed.return?.();
    this.#feeds.set(operation, feed);
  }

  /** The connection is gone, and everything with it. */
  close(): void {
    this.#isOver = true;
    for (const feed of this.#feeds.values()) void feed.return?.();
    this.#feeds.clear();
    for (const release of [...this.#releases, ...this.#operations.values()]) release();
    this.#releases.clear();
    this.#operations.clear();
  }
}

function sideOf({ kind }: Caller): Side {
  return kind === 'customer' ? 'Customer' : 'Staff';
}

function ownerOf(caller: Caller): string {
  return actorOf(caller).id;
}

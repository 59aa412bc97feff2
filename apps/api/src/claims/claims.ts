import { createHmac } from 'node:crypto';
import { claim, claimConfirmationSeconds } from '@deskside/domain';
import type { Claim } from '@deskside/domain';
import type { EventStore, StreamName } from '@deskside/event-store';
import type { Vault } from '@deskside/vault';
import type { Clock } from '../clock/clock';
import type { Caller } from '../command-path/caller';
import type { CommandPath, Handled } from '../command-path/command-path';
import { derivedId } from '../command-path/derived-id';
import { done } from '../command-path/outcome';
import type { Outcome } from '../command-path/outcome';
import { siteKey } from '../site/site-key';

export type ClaimKind = 'email' | 'sessionNumber';

interface Parts {
  readonly commands: CommandPath;
  readonly clock: Clock;
  readonly store: Pick<EventStore, 'readStream'>;
}

interface Claiming {
  readonly kind: ClaimKind;
  readonly value: string;
  readonly claimant: StreamName;
  readonly caller: Caller;
  readonly commandId: string;
}

/**
 * Uniqueness over all streams and nodes: the first append to the stream that is named by the value's HMAC wins. The HMAC
 * key is the site's, so that nobody who reads the log can try values out.
 */
export class Claims {
  readonly #commands: CommandPath;
  readonly #clock: Clock;
  readonly #store: Parts['store'];

  private constructor(
    private readonly key: Buffer,
    { commands, clock, store }: Parts,
  ) {
    this.#commands = commands;
    this.#clock = clock;
    this.#store = store;
  }

  static async open(parts: Parts & { readonly vault: Vault }): Promise<Claims> {
    return new Claims(await siteKey(parts, 'claims'), parts);
  }

  /** The stream of a value, named by 128 bits of its HMAC-SHA-256. */
  streamOf(kind: ClaimKind, value: string): StreamName {
    const mac = createHmac('sha256', this.key).update(`${kind}\0${value}`).digest('hex').slice(0, 32);
    return `claim-${kind}-${mac}` as StreamName;
  }

  /** Takes the value for a stream that will exist soon; refused when another stream has it. */
  async take(claiming: Claiming): Promise<Outcome<void>> {
    const { commandId, value, claimant } = claiming;
    const outcome = await this.#claim(claiming, derivedId('claim', commandId, value));
    if (!outcome.ok) return outcome;
    const { state, revision } = outcome.value;
    const isHis = state.status === 'taken' && state.claimant === claimant;
    // A command that comes back after its claim was released as an orphan is answered from the log, but has nothing.
    return isHis ? done(undefined) : this.#takeAgain(claiming, revision);
  }

  async #takeAgain(claiming: Claiming, released: bigint): Promise<Outcome<void>> {
    const { commandId, value } = claiming;
    const outcome = await this.#claim(claiming, derivedId('claim again', commandId, value, String(released)));
    return outcome.ok ? done(undefined) : outcome;
  }

  #claim({ kind, value, claimant, caller }: Claiming, commandId: string): Promise<Outcome<Handled<Claim>>> {
    const confirmBy = new Date(this.#clock.now().getTime() + claimConfirmationSeconds * 1000).toISOString();
    const about = { stream: this.streamOf(kind, value), caller, commandId };
    return this.#commands.handle(claim, about, { type: 'ClaimValue', payload: { kind, claimant, confirmBy } });
  }

  /** The stream that has the value now, if any. */
  async holder(kind: ClaimKind, value: string): Promise<StreamName | null> {
    const { state } = await this.#commands.stateOf(claim, this.streamOf(kind, value));
    return state.status === 'taken' ? (state.claimant as StreamName) : null;
  }

  /** Makes the value free. Of a claimant who came after all nothing is taken as an orphan's: the log itself is asked. */
  async release(about: {
    stream: StreamName;
    claimant: string;
    reason: 'orphaned' | 'sessionEnded';
    caller: Caller;
  }): Promise<void> {
    const { stream, claimant, reason, caller } = about;
    if (reason === 'orphaned' && (await this.#exists(claimant as StreamName))) return;
    await this.#commands.handle(
      claim,
      { stream, caller, commandId: derivedId('release', stream, claimant, reason) },
      { type: 'ReleaseValue', payload: { claimant, reason } },
    );
  }

  async #exists(stream: StreamName): Promise<boolean> {
    return (await this.#store.readStream(stream, { maxCount: 1 })).length > 0;
  }
}

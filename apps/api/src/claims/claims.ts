import { createHmac, randomBytes } from 'node:crypto';
import { claim, claimConfirmationSeconds } from '@deskside/domain';
import type { StreamName } from '@deskside/event-store';
import type { Vault } from '@deskside/vault';
import type { Clock } from '../clock/clock';
import type { Caller } from '../command-path/caller';
import type { CommandPath } from '../command-path/command-path';
import { derivedId } from '../command-path/derived-id';
import { done } from '../command-path/outcome';
import type { Outcome } from '../command-path/outcome';

export type ClaimKind = 'email' | 'sessionNumber';

/**
 * Uniqueness over all streams and nodes: the first append to the stream that is named by the value's HMAC wins. The HMAC
 * key is the site's, so that nobody who reads the log can try values out.
 */
export class Claims {
  private constructor(
    private readonly key: Buffer,
    private readonly commands: CommandPath,
    private readonly clock: Clock,
  ) {}

  static async open(vault: Vault, commands: CommandPath, clock: Clock): Promise<Claims> {
    const id = { kind: 'site-key', id: 'claims' } as const;
    const kept = await vault.get(id.kind, id.id, clock.now());
    const value = kept?.value ?? randomBytes(32).toString('base64');
    if (kept === null) await vault.put({ ...id, owner: 'site', value, expiresAt: null });
    return new Claims(Buffer.from(String(value), 'base64'), commands, clock);
  }

  /** The stream of a value, named by 128 bits of its HMAC-SHA-256. */
  streamOf(kind: ClaimKind, value: string): StreamName {
    const mac = createHmac('sha256', this.key).update(`${kind}\0${value}`).digest('hex').slice(0, 32);
    return `claim-${kind}-${mac}` as StreamName;
  }

  /** Takes the value for a stream that will exist soon; refused when another stream has it. */
  async take(about: {
    kind: ClaimKind;
    value: string;
    claimant: StreamName;
    caller: Caller;
    commandId: string;
  }): Promise<Outcome<void>> {
    const { kind, value, claimant, caller, commandId } = about;
    const stream = this.streamOf(kind, value);
    const confirmBy = new Date(this.clock.now().getTime() + claimConfirmationSeconds * 1000).toISOString();
    const outcome = await this.commands.handle(
      claim,
      { stream, caller, commandId: derivedId('claim', commandId, value) },
      { type: 'ClaimValue', payload: { kind, claimant, confirmBy } },
    );
    return outcome.ok ? done(undefined) : outcome;
  }

  /** The stream that has the value now, if any. */
  async holder(kind: ClaimKind, value: string): Promise<StreamName | null> {
    const { state } = await this.commands.stateOf(claim, this.streamOf(kind, value));
    return state.status === 'taken' ? (state.claimant as StreamName) : null;
  }

  async release(about: {
    stream: StreamName;
    claimant: string;
    reason: 'orphaned' | 'sessionEnded';
    caller: Caller;
  }): Promise<void> {
    const { stream, claimant, reason, caller } = about;
    await this.commands.handle(
      claim,
      { stream, caller, commandId: derivedId('release', stream, claimant, reason) },
      { type: 'ReleaseValue', payload: { claimant, reason } },
    );
  }
}

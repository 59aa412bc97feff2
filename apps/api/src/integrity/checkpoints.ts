import { CheckpointSigner } from '@deskside/event-store';
import type { EventStore, SignerOptions } from '@deskside/event-store';
import type { Vault } from '@deskside/vault';
import { derivedId } from '../command-path/derived-id';
import type { Log } from '../log/logger';
import { sealRecord } from './integrity-record';
import type { Recorder } from './integrity-record';
import { signingKey } from './signing-key';

interface Parts extends Recorder, Pick<SignerOptions, 'everyEvents' | 'afterMs' | 'onSigned'> {
  readonly store: EventStore;
  readonly vault: Vault;
  readonly log: Pick<Log, 'error'>;
}

/** Signs how the log stands, from the last checkpoint on, until it is closed. */
export async function startCheckpoints({ store, vault, log, ...parts }: Parts): Promise<CheckpointSigner> {
  const { identity, clock, ...options } = parts;
  const signer = new CheckpointSigner({
    ...options,
    store,
    siteId: identity.siteId,
    privateKey: await signingKey({ vault, clock }),
    seal: (payload, behind) => {
      const { size, root } = payload.checkpoint;
      const about = { type: 'LogCheckpointSigned', commandType: 'SignCheckpoint' } as const;
      return sealRecord(
        parts,
        { ...about, commandId: derivedId('checkpoint', size, root), payload: () => payload },
        behind,
      );
    },
    onFailure: (error) => log.error('the log could not be signed', error),
  });
  await signer.start();
  return signer;
}

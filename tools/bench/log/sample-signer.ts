import type { KeyObject } from 'node:crypto';
import { CheckpointSigner, eventIdFor, INTEGRITY_STREAM, sealEvent } from '@deskside/event-store';
import type { EventStore } from '@deskside/event-store';

/** Signs a sample log as the server does its own. */
export async function startSampleSigner(store: EventStore, privateKey: KeyObject): Promise<CheckpointSigner> {
  const signer = new CheckpointSigner({
    ...{ store, privateKey, siteId: 'site' },
    seal: (payload, { revision, hash }) => {
      const commandId = `checkpoint ${payload.checkpoint.size}`;
      return sealEvent(
        {
          id: eventIdFor({ actorId: 'bench', stream: INTEGRITY_STREAM, commandId, index: 0 }),
          type: 'LogCheckpointSigned',
          schemaVersion: 1,
          stream: INTEGRITY_STREAM,
          revision: String(revision + 1n),
          occurredAt: '2026-01-01T00:00:00.000Z',
          actor: { kind: 'system', id: 'bench' },
          correlationId: commandId,
          causationId: null,
          commandId,
          commandType: 'SignCheckpoint',
          siteId: 'site',
          writer: { version: '0.0.0', boot: 'bench' },
          payload,
        },
        hash,
      );
    },
  });
  await signer.start();
  return signer;
}

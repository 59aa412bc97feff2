import { generateKeyPairSync } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import type { EventStore, SealedEvent } from '../event-store';
import { CheckpointSigner, INTEGRITY_STREAM } from '../integrity';
import type { Behind, CheckpointPayload, SignerOptions } from '../integrity';
import { eventIdFor, sealEvent } from '../seal';

/** The site that every `SealedStream` belongs to. */
const siteId = 'site';

export function makeSigningKey(): KeyObject {
  return generateKeyPairSync('ed25519').privateKey;
}

/** As the API seals it. */
function seal(payload: CheckpointPayload, { revision, hash }: Behind): SealedEvent {
  const commandId = `checkpoint ${payload.checkpoint.size} ${payload.checkpoint.root}`;
  const envelope = {
    id: eventIdFor({ actorId: 'contract', stream: INTEGRITY_STREAM, commandId, index: 0 }),
    type: 'LogCheckpointSigned',
    schemaVersion: 1,
    stream: INTEGRITY_STREAM,
    revision: (revision + 1n).toString(),
    occurredAt: '2026-01-01T00:00:00.000Z',
    actor: { kind: 'system', id: 'contract' } as const,
    correlationId: 'correlation',
    causationId: null,
    commandId,
    commandType: 'SignCheckpoint',
    siteId,
    writer: { version: '0.0.0', boot: 'boot' },
    payload,
  };
  return sealEvent(envelope, hash);
}

/** Signs a log as the server does. */
export async function startSigner(
  store: EventStore,
  privateKey: KeyObject,
  options: Partial<SignerOptions> = {},
): Promise<CheckpointSigner> {
  const signer = new CheckpointSigner({ store, siteId, privateKey, seal, ...options });
  await signer.start();
  return signer;
}

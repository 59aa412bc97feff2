import { generateKeyPairSync } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import type { EventStore, SealedEvent } from '../event-store';
import { CheckpointSigner, INTEGRITY_STREAM } from '../integrity';
import type { Behind, CheckpointPayload, SignerOptions } from '../integrity';
import { eventIdFor, sealEvent } from '../seal';

/** The site that every `SealedStream` belongs to. */
export const CONTRACT_SITE = 'site';

export function makeSigningKey(): KeyObject {
  return generateKeyPairSync('ed25519').privateKey;
}

/** An event about the log itself, as the API seals it. */
export function sealIntegrity(
  type: string,
  payload: CheckpointPayload | object,
  { revision, hash }: Behind,
): SealedEvent {
  const commandId = `${type} ${JSON.stringify(payload).length} ${revision}`;
  const envelope = {
    id: eventIdFor({ actorId: 'contract', stream: INTEGRITY_STREAM, commandId, index: 0 }),
    type,
    schemaVersion: 1,
    stream: INTEGRITY_STREAM,
    revision: (revision + 1n).toString(),
    occurredAt: '2026-01-01T00:00:00.000Z',
    actor: { kind: 'system', id: 'contract' } as const,
    correlationId: 'correlation',
    causationId: null,
    commandId,
    commandType: 'SignCheckpoint',
    siteId: CONTRACT_SITE,
    writer: { version: '0.0.0', boot: 'boot' },
    payload,
  };
  return sealEvent(envelope, hash);
}

export async function startSigner(
  store: EventStore,
  privateKey: KeyObject,
  options: Partial<SignerOptions> = {},
): Promise<CheckpointSigner> {
  const seal = (payload: CheckpointPayload, behind: Behind): SealedEvent =>
    sealIntegrity('LogCheckpointSigned', payload, behind);
  const signer = new CheckpointSigner({ store, siteId: CONTRACT_SITE, privateKey, seal, ...options });
  await signer.start();
  return signer;
}

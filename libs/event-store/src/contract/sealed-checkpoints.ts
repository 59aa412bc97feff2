import { generateKeyPairSync } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import type { EventStore, SealedEvent } from '../event-store';
import { auditLog, CheckpointSigner, endOfIntegrity, INTEGRITY_STREAM, sentenceOf, signState } from '../integrity';
import type { AuditKnowledge, Behind, CheckpointPayload, LogState, SignerOptions } from '../integrity';
import { eventIdFor, sealEvent } from '../seal';
import { SealedStream } from './sealed-stream';

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

/** Accepts all that is wrong with a log, as an operator does. @returns what that was */
export async function acceptLoss(
  store: EventStore,
  privateKey: KeyObject,
  known: Pick<AuditKnowledge, 'hasRowPositions' | 'head'>,
): Promise<readonly string[]> {
  const audit = await auditLog(store, { ...known, elsewhere: null, withContents: true });
  const { state, contents } = audit;
  const statement = { type: 'LogLossAccepted', newer: null, contents } as const;
  const checkpoint = signState(state as LogState, { siteId, statement }, privateKey);
  const end = await endOfIntegrity(store);
  const integrity = new SealedStream(INTEGRITY_STREAM);
  integrity.continueAfter(end.revision, end.hash);
  const losses = audit.findings.map(sentenceOf);
  const findings = audit.findings.map((finding) =>
    Object.fromEntries(Object.entries(finding).map(([name, value]) => [name, asText(value)])),
  );
  const payload = { checkpoint, newer: null, contents, losses, findings };
  await store.append(INTEGRITY_STREAM, [integrity.seal({ type: 'LogLossAccepted', payload })], end.revision);
  return losses;
}

function asText(value: unknown): unknown {
  return typeof value === 'bigint' ? value.toString() : value;
}

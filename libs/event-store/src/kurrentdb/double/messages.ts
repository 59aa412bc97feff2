import { Metadata, status } from '@grpc/grpc-js';
import type { ProposedEvent, ProposedRevision, StoredEvent, Written } from './memory-log';
import { anyMessage, shared, statuses, streams, timestamp } from './protocol';

type BatchAppendReq = InstanceType<typeof streams.BatchAppendReq>;
type BatchAppendResp = InstanceType<typeof streams.BatchAppendResp>;
type ReadResp = InstanceType<typeof streams.ReadResp>;

/** 100 ns since the year 1 in .NET's clock, at the Unix epoch. */
const EPOCH_TICKS = 621_355_968_000_000_000n;

export function proposedEvents(request: BatchAppendReq): readonly ProposedEvent[] {
  return request.getProposedMessagesList().map((message) => ({
    id: message.getId()?.getString() ?? '',
    type: message.getMetadataMap().get('type') ?? '',
    contentType: message.getMetadataMap().get('content-type') ?? '',
    data: message.getData_asU8(),
    metadata: message.getCustomMetadata_asU8(),
  }));
}

export function proposedRevision(options: NonNullable<ReturnType<BatchAppendReq['getOptions']>>): ProposedRevision {
  if (options.hasNoStream()) return 'noStream';
  if (options.hasStreamExists()) return 'streamExists';
  return options.hasAny() ? 'any' : BigInt(options.getStreamPosition());
}

/** The answer to one append, to be sent under its correlation. */
export function answerTo(request: BatchAppendReq, stream: string): BatchAppendResp {
  const answer = new streams.BatchAppendResp();
  answer.setCorrelationId(request.getCorrelationId());
  answer.setStreamIdentifier(identifier(stream));
  return answer;
}

export function writtenAnswer(answer: BatchAppendResp, written: Written, withPosition: boolean): BatchAppendResp {
  if (!written.ok) return answer.setError(wrongExpectedVersion(written.actual));
  const success = new streams.BatchAppendResp.Success();
  success.setCurrentRevision(written.lastRevision.toString());
  if (withPosition) success.setPosition(place(new shared.AllStreamPosition(), written.position));
  else success.setNoPosition(new shared.Empty() as never);
  return answer.setSuccess(success);
}

/** An error as the server packs it: a message by name, in the details. */
export function errorAnswer(answer: BatchAppendResp, name: string, bytes: Uint8Array, text: string): BatchAppendResp {
  const details = new anyMessage.Any();
  details.pack(bytes, name);
  const error = new statuses.Status();
  error.setMessage(text).setDetails(details);
  return answer.setError(error);
}

export function tooLargeAnswer(answer: BatchAppendResp, limit: number): BatchAppendResp {
  const details = new shared.MaximumAppendSizeExceeded();
  details.setMaxappendsize(limit);
  const name = 'event_store.client.MaximumAppendSizeExceeded';
  return errorAnswer(answer, name, details.serializeBinary(), 'Maximum append size exceeded');
}

function wrongExpectedVersion(actual: bigint | null): InstanceType<typeof statuses.Status> {
  const details = new shared.WrongExpectedVersion();
  if (actual === null) details.setCurrentNoStream(new shared.Empty() as never);
  else details.setCurrentStreamRevision(actual.toString());
  details.setExpectedAny(new shared.Empty() as never);
  const any = new anyMessage.Any();
  any.pack(details.serializeBinary(), 'event_store.client.WrongExpectedVersion');
  const error = new statuses.Status();
  return error.setMessage('Wrong expected version').setDetails(any);
}

export function eventMessage(event: StoredEvent): ReadResp {
  const recorded = new streams.ReadResp.ReadEvent.RecordedEvent();
  recorded.setId(new shared.UUID().setString(event.id));
  recorded.setStreamIdentifier(identifier(event.stream));
  recorded.setStreamRevision(event.revision.toString());
  recorded.setCommitPosition(event.position.toString());
  recorded.setPreparePosition(event.position.toString());
  recorded.setData(event.data);
  recorded.setCustomMetadata(event.metadata);
  recorded.getMetadataMap().set('type', event.type);
  recorded.getMetadataMap().set('content-type', event.contentType);
  recorded.getMetadataMap().set('created', (EPOCH_TICKS + BigInt(Date.now()) * 10_000n).toString());
  const read = new streams.ReadResp.ReadEvent();
  read.setEvent(recorded).setCommitPosition(event.position.toString());
  return new streams.ReadResp().setEvent(read);
}

export function confirmation(id: string): ReadResp {
  const message = new streams.ReadResp.SubscriptionConfirmation();
  return new streams.ReadResp().setConfirmation(message.setSubscriptionId(id));
}

export function checkpoint(position: bigint): ReadResp {
  return new streams.ReadResp().setCheckpoint(place(new streams.ReadResp.Checkpoint(), position));
}

export function caughtUp(position: bigint): ReadResp {
  const message = new streams.ReadResp.CaughtUp();
  message.setTimestamp(timestamp.Timestamp.fromDate(new Date()));
  return new streams.ReadResp().setCaughtUp(message.setPosition(place(new streams.ReadResp.Position(), position)));
}

export function fellBehind(): ReadResp {
  return new streams.ReadResp().setFellBehind(new streams.ReadResp.FellBehind());
}

export function streamNotFound(stream: string): ReadResp {
  const message = new streams.ReadResp.StreamNotFound();
  return new streams.ReadResp().setStreamNotFound(message.setStreamIdentifier(identifier(stream)));
}

/** A status that ends a call; `exception` is the name that the package looks for in the trailers. */
export function callError(
  code: status,
  details: string,
  trailers: Readonly<Record<string, string>> = {},
): { code: status; details: string; metadata: Metadata } {
  const metadata = new Metadata();
  for (const [name, value] of Object.entries(trailers)) metadata.set(name, value);
  return { code, details, metadata };
}

/** Whatever of a call can end it with a status. */
export interface FailingCall {
  emit(event: 'error', error: unknown): boolean;
}

export function failCall(call: FailingCall, error: ReturnType<typeof callError>): void {
  call.emit('error', error);
}

export function notLeader(port: number): ReturnType<typeof callError> {
  return callError(status.NOT_FOUND, `Leader info available`, {
    exception: 'not-leader',
    'leader-endpoint-host': '127.0.0.1',
    'leader-endpoint-port': String(port),
  });
}

export function nameOf(id: { getStreamName(): Uint8Array | string } | undefined): string {
  const name = id?.getStreamName() ?? '';
  return typeof name === 'string' ? Buffer.from(name, 'base64').toString('utf8') : Buffer.from(name).toString('utf8');
}

export type { BatchAppendReq, BatchAppendResp, ReadResp };

function identifier(stream: string): InstanceType<typeof shared.StreamIdentifier> {
  return new shared.StreamIdentifier().setStreamName(Buffer.from(stream, 'utf8'));
}

function place<M extends { setCommitPosition(value: string): M; setPreparePosition(value: string): M }>(
  message: M,
  position: bigint,
): M {
  return message.setCommitPosition(position.toString()).setPreparePosition(position.toString());
}

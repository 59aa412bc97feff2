import { status } from '@grpc/grpc-js';
import type { ServerDuplexStream } from '@grpc/grpc-js';
import type { AppendFault } from './faults';
import { answerTo, callError, errorAnswer, failCall, nameOf, notLeader } from './messages';
import { proposedEvents, proposedRevision, tooLargeAnswer, writtenAnswer } from './messages';
import type { BatchAppendReq, BatchAppendResp } from './messages';
import type { ProposedEvent, ProposedRevision, Written } from './memory-log';
import type { DoubleState } from './double-state';

type Call = ServerDuplexStream<BatchAppendReq, BatchAppendResp>;

/** An append whose messages have not all come. */
interface Incoming {
  readonly request: BatchAppendReq;
  readonly stream: string;
  readonly expected: ProposedRevision;
  readonly events: ProposedEvent[];
}

/** One `BatchAppend` call: many appends one behind the other, each answered under its correlation. */
export function serveBatchAppend(call: Call, state: DoubleState): void {
  const incoming = new Map<string, Incoming>();
  call.on('error', () => undefined);
  call.on('data', (request: BatchAppendReq) => {
    const correlation = request.getCorrelationId()?.getString() ?? '';
    const options = request.getOptions();
    if (options)
      incoming.set(correlation, {
        ...{ request, stream: nameOf(options.getStreamIdentifier()), events: [] },
        expected: proposedRevision(options),
      });
    const append = incoming.get(correlation);
    if (append === undefined) return;
    append.events.push(...proposedEvents(request));
    if (!request.getIsFinal()) return;
    incoming.delete(correlation);
    serveAppend(call, append, state);
  });
  call.on('end', () => call.end());
}

function serveAppend(call: Call, append: Incoming, state: DoubleState): void {
  if (state.settings.refuses === 'diskFull')
    return failCall(call, callError(status.INTERNAL, 'There is not enough space on the disk'));
  const answer = answerTo(append.request, append.stream);
  const refusal = refusalOf(append, answer, state);
  if (refusal !== null) return void call.write(refusal);
  const fault = state.faults.append();
  if (fault === null) return void call.write(writtenAnswer(answer, write(append, state), true));
  misbehave[fault]({ call, append, answer, state });
}

/** What the server refuses by its own rules, whatever goes wrong besides. */
function refusalOf(
  { stream, events }: Incoming,
  answer: BatchAppendResp,
  { settings, log }: DoubleState,
): BatchAppendResp | null {
  const named = (name: string, text: string): BatchAppendResp =>
    errorAnswer(answer, `event_store.client.${name}`, new Uint8Array(), text);
  if (settings.refuses === 'writes') return named('AccessDenied', 'Access Denied');
  if (log.isDeleted(stream)) return named('StreamDeleted', 'Stream deleted');
  const size = events.reduce((sum, event) => sum + event.data.length + event.metadata.length, 0);
  return size > settings.maxAppendBytes ? tooLargeAnswer(answer, settings.maxAppendBytes) : null;
}

function write({ stream, events, expected }: Incoming, state: DoubleState): Written {
  state.systemEventsNowAndThen();
  return state.log.write(stream, events, expected);
}

interface Misbehaviour {
  readonly call: Call;
  readonly append: Incoming;
  readonly answer: BatchAppendResp;
  readonly state: DoubleState;
}

const timeout = ({ call, answer }: Misbehaviour): void =>
  void call.write(errorAnswer(answer, 'event_store.client.Timeout', new Uint8Array(), 'Timeout'));

const misbehave: Readonly<Record<AppendFault, (at: Misbehaviour) => void>> = {
  refuse: ({ call }) => failCall(call, callError(status.UNAVAILABLE, 'The server is going down')),
  dropBefore: ({ state }) => state.cut(),
  dropAfter: ({ append, state }) => {
    write(append, state);
    state.cut();
  },
  silentBefore: () => undefined,
  silentAfter: ({ append, state }) => void write(append, state),
  late: ({ call, append, answer, state }) => {
    const written = write(append, state);
    setTimeout(() => call.write(writtenAnswer(answer, written, true)), state.faults.lateMs());
  },
  busy: ({ call, answer }) =>
    void call.write(errorAnswer(answer, 'google.protobuf.Empty', new Uint8Array(), 'Server Is Busy')),
  timeoutBefore: timeout,
  timeoutAfter: (at) => {
    write(at.append, at.state);
    timeout(at);
  },
  notLeader: ({ call, state }) => failCall(call, notLeader(state.port)),
  noPosition: ({ call, append, answer, state }) => void call.write(writtenAnswer(answer, write(append, state), false)),
};

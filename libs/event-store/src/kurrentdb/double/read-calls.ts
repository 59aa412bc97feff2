import { once } from 'node:events';
import { status } from '@grpc/grpc-js';
import type { ServerWritableStream } from '@grpc/grpc-js';
import type { ReadFault, SubscriptionFault } from './faults';
import { caughtUp, checkpoint, confirmation, eventMessage, fellBehind } from './messages';
import { callError, failCall, nameOf, notLeader, streamNotFound } from './messages';
import type { ReadResp } from './messages';
import type { StoredEvent } from './memory-log';
import type { DoubleState } from './double-state';
import type { streams } from './protocol';

type ReadReq = InstanceType<typeof streams.ReadReq>;
type Options = NonNullable<ReturnType<ReadReq['getOptions']>>;
type Call = ServerWritableStream<ReadReq, ReadResp>;

const BACKWARDS = 1;

/** One `Read` call: a page of a stream, a page of `$all`, or a subscription to `$all`. */
export function serveRead(call: Call, state: DoubleState): void {
  call.on('error', () => undefined);
  const options = call.request.getOptions();
  if (options === undefined) return failCall(call, callError(status.INVALID_ARGUMENT, 'No options'));
  if (state.settings.refuses === 'all' && options.hasAll())
    return failCall(call, callError(status.PERMISSION_DENIED, 'Access Denied', { exception: 'access-denied' }));
  if (options.hasSubscription()) return void subscribe(call, options, state);
  const fault = state.faults.read();
  if (fault !== null) return misbehave(call, { options, state, fault });
  void page(call, found(options, state));
}

/** null: the stream does not exist. Reading begins at the place that is named, that place included. */
function found(options: Options, state: DoubleState): readonly StoredEvent[] | null {
  const name = nameOf(options.getStream()?.getStreamIdentifier());
  const events = options.hasStream() ? state.log.stream(name) : state.log.all;
  return events === undefined ? null : pageOf(events, options);
}

function pageOf(events: readonly StoredEvent[], options: Options): readonly StoredEvent[] {
  const step = options.getReadDirection() === BACKWARDS ? -1 : 1;
  const count = Number(options.getCount());
  const page: StoredEvent[] = [];
  for (let at = firstIndex(events, options, step); page.length < count; at += step) {
    const event = events[at];
    if (event === undefined) break;
    if (passes(event, options)) page.push(event);
  }
  return page;
}

/** Index of the first event to read: the named one, or the nearest to it on the way. */
function firstIndex(events: readonly StoredEvent[], options: Options, step: 1 | -1): number {
  const named = options.hasStream() ? streamFrom(options) : allFrom(options);
  if (named === null) return step === 1 ? 0 : events.length - 1;
  const place = ({ revision, position }: StoredEvent): bigint => (options.hasStream() ? revision : position);
  const at = events.findIndex((event) => place(event) >= named);
  const from = at < 0 ? events.length : at;
  const event = events[from];
  return step === 1 || (event !== undefined && place(event) === named) ? from : from - 1;
}

function streamFrom(options: Options): bigint | null {
  const stream = options.getStream();
  return stream?.hasRevision() ? BigInt(stream.getRevision()) : null;
}

function allFrom(options: Options): bigint | null {
  const all = options.getAll();
  return all?.hasPosition() ? BigInt(all.getPosition()?.getPreparePosition() ?? 0) : null;
}

function passes({ type }: StoredEvent, options: Options): boolean {
  const expression = options.getFilter()?.getEventType();
  if (expression === undefined) return true;
  const prefixes = expression.getPrefixList();
  return prefixes.length > 0
    ? prefixes.some((prefix) => type.startsWith(prefix))
    : new RegExp(expression.getRegex()).test(type);
}

async function page(call: Call, events: readonly StoredEvent[] | null): Promise<void> {
  if (events === null) {
    call.write(streamNotFound(nameOf(call.request.getOptions()?.getStream()?.getStreamIdentifier())));
    return void call.end();
  }
  for (const event of events) await send(call, eventMessage(event));
  call.end();
}

function misbehave(
  call: Call,
  { options, state, fault }: { options: Options; state: DoubleState; fault: ReadFault },
): void {
  switch (fault) {
    case 'refuse':
      return failCall(call, callError(status.UNAVAILABLE, 'The server is going down'));
    case 'notLeader':
      return failCall(call, notLeader(state.port));
    case 'silent':
      return;
    case 'dropInside': {
      const events = found(options, state) ?? [];
      for (const event of events.slice(0, Math.ceil(events.length / 2))) call.write(eventMessage(event));
      return state.cut();
    }
  }
}

/** Catches up, says so, and goes on with what is written, until the call is over or its fault is due. */
async function subscribe(call: Call, options: Options, state: DoubleState): Promise<void> {
  const planned = state.faults.subscription();
  const isDue = (sent: number): boolean =>
    planned !== null && sent >= planned.after && isOver(call, state, planned.fault);
  let at = startOf(options, state);
  let [sent, isLive] = [0, false];
  let grown: () => void = () => undefined;
  const stop = state.log.onGrowth(() => grown());
  call.on('cancelled', () => grown());
  await send(call, confirmation('double'));
  while (!isGone(call) && !isDue(sent)) {
    const event = state.log.all[at];
    if (event === undefined) {
      if (!isLive) await goLive(call, state);
      isLive = true;
      await new Promise<void>((resolve) => (grown = resolve));
    } else {
      at += 1;
      if (passes(event, options)) await send(call, eventMessage(event));
      sent += 1;
    }
  }
  stop();
}

function isGone(call: Call): boolean {
  return call.cancelled || call.destroyed;
}

async function goLive(call: Call, state: DoubleState): Promise<void> {
  const position = state.log.all.at(-1)?.position ?? 0n;
  await send(call, checkpoint(position));
  await send(call, caughtUp(position));
}

function startOf(options: Options, { log }: DoubleState): number {
  const all = options.getAll();
  if (all?.hasEnd()) return log.all.length;
  const from = allFrom(options);
  // Behind the place that is named: a subscription leaves that one out.
  if (from === null) return 0;
  const at = firstIndex(log.all, options, 1);
  return log.all[at]?.position === from ? at + 1 : at;
}

/** @returns whether the subscription is over; falling behind is not its end. */
function isOver(call: Call, state: DoubleState, fault: SubscriptionFault): boolean {
  switch (fault) {
    case 'endWithError':
      failCall(call, callError(status.UNAVAILABLE, 'The subscription was dropped'));
      return true;
    case 'endWithoutError':
      call.end();
      return true;
    case 'drop':
      state.cut();
      return true;
    case 'fallBehind':
      call.write(fellBehind());
      call.write(caughtUp(state.log.all.at(-1)?.position ?? 0n));
      return false;
  }
}

async function send(call: Call, message: ReadResp): Promise<void> {
  if (isGone(call) || call.write(message)) return;
  const heard = new AbortController();
  const { signal } = heard;
  const either = ['drain', 'cancelled', 'close'].map((name) => once(call, name, { signal }).catch(() => undefined));
  await Promise.race(either);
  heard.abort();
}

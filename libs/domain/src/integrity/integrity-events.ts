import * as v from 'valibot';
import { auditorsOnly, declareEvent, personalText } from '../events';
import type { EventOf } from '../events';

const base64 = v.pipe(v.string(), v.regex(/^[A-Za-z0-9+/]+=*$/));
const count = v.pipe(v.string(), v.regex(/^\d+$/));
const visibleTo = (): typeof auditorsOnly => auditorsOnly;

/** The log as it was when it had `size` events, signed by the site. */
export const signedCheckpoint = v.object({
  size: count,
  /** Place of the last of these events in the log that was signed; opaque, and another one in a copy of the log. */
  position: v.string(),
  /** Hash of that event: with another one there, the position is that of another log. */
  last: base64,
  /** RFC 6962 root over the hashes of the events in the order of the log. */
  root: base64,
  /** Roots of the full subtrees on the right edge, the largest first. */
  edge: v.array(base64),
  /** Ed25519 public key, 32 bytes. */
  key: base64,
  signature: base64,
});

/** The events since the checkpoint before, so that what is missing later can be named. */
const listOfEvents = v.object({
  streams: v.array(v.object({ name: v.string(), first: count })),
  order: v.string(),
});

/** The log stands like this: whoever takes away, changes or moves an event that it covers makes it untrue. */
export const LogCheckpointSigned = declareEvent({
  type: 'LogCheckpointSigned',
  version: 1,
  payload: v.object({ checkpoint: signedCheckpoint, list: listOfEvents }),
  personal: {},
  visibleTo,
});

/** A checkpoint of this log that was known elsewhere and that the log does not reach. */
const newer = v.nullable(v.object({ size: count, root: base64, signedAt: v.nullable(v.string()) }));

/** The log was put back from a backup; `newer` is what it had been before, as far as that is known. */
export const LogRestored = declareEvent({
  type: 'LogRestored',
  version: 1,
  payload: v.object({ checkpoint: signedCheckpoint, newer, by: personalText('identity') }),
  personal: { by: 'identity' },
  visibleTo,
});

const event = { stream: v.string(), revision: count };
/** Where the log was known better, and since when. */
const source = v.object({ place: v.picklist(['log', 'secondPlace']), signedAt: v.nullable(v.string()) });

/** Something about a log that is not as it was written, as an operator may accept it. */
export const logFinding = v.variant('kind', [
  v.object({ kind: v.literal('changed'), ...event, reason: v.string() }),
  v.object({ kind: v.literal('missing'), stream: v.string(), from: count, to: count, isWhole: v.boolean() }),
  v.object({ kind: v.literal('inserted'), ...event }),
  v.object({ kind: v.literal('moved'), ...event }),
  v.object({ kind: v.literal('gap'), from: count, to: count }),
  v.object({ kind: v.literal('short'), found: v.number(), known: count, source }),
  v.object({ kind: v.literal('noHead'), position: v.string(), end: v.nullable(v.string()) }),
  v.object({ kind: v.literal('otherEvents'), size: count, source }),
  v.object({ kind: v.literal('unsigned'), revision: count }),
  v.object({ kind: v.literal('otherKey'), key: base64, known: base64 }),
]);

/** An operator goes on with a log that lacks or contradicts what had been written; what that was stands in `losses`. */
export const LogLossAccepted = declareEvent({
  type: 'LogLossAccepted',
  version: 1,
  payload: v.object({
    checkpoint: signedCheckpoint,
    newer,
    /** Sentences in English, as the operator has read them; they hold names of streams and numbers only. */
    losses: v.array(v.string()),
    /** The same for programs, which say it in the reader's language; absent in events of earlier versions. */
    findings: v.exactOptional(v.array(logFinding)),
    /** SHA-256 over all that stood in the log, so that nothing else is accepted; absent in events that accept nothing any more. */
    contents: v.exactOptional(base64),
    by: personalText('identity'),
  }),
  personal: { by: 'identity' },
  visibleTo,
});

export type SignedCheckpoint = v.InferOutput<typeof signedCheckpoint>;
export type ListOfEvents = v.InferOutput<typeof listOfEvents>;
export type LogFinding = v.InferOutput<typeof logFinding>;
export type KnownCheckpoint = NonNullable<v.InferOutput<typeof newer>>;
export type IntegrityEvent =
  EventOf<typeof LogCheckpointSigned> | EventOf<typeof LogRestored> | EventOf<typeof LogLossAccepted>;

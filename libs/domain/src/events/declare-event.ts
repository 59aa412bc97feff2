import type { BaseIssue, BaseSchema, InferOutput } from 'valibot';
import * as v from 'valibot';
import type { Actor, DomainEvent } from '../decider';
import { UnsealedText } from '../personal-data';
import type { ErasedKey, PersonalClass, PersonalText } from '../personal-data';
import type { Permission } from '../permissions';

/** Role of a participant in one session. */
export const sessionRoles = [
  'primaryRepresentative',
  'assistingRepresentative',
  'primaryCustomer',
  'secondaryCustomer',
] as const;
export type SessionRole = (typeof sessionRoles)[number];

/** Who may see an event: one side in the session, those at its door, one participant, or staff with a permission. */
export type Audience =
  'customers' | 'representatives' | 'waiting' | { readonly participant: string } | { readonly permission: Permission };

/** Somebody who takes part in a session, or waits to be let in. */
export interface ParticipantViewer {
  readonly kind: 'participant';
  readonly participantId: string;
  /** null while he waits: then only what is addressed to him by `{ participant }` reaches him. */
  readonly role: SessionRole | null;
  /** Revision of his own ParticipantJoined; null while he waits. */
  readonly joinedRevision: number | null;
  /** Revision of his own ParticipantLeft or ParticipantRemoved; null while he has not gone. */
  readonly leftRevision: number | null;
}

/** Somebody who looks at a stream: a participant of the session, or staff from outside it. */
export type Viewer = ParticipantViewer | { readonly kind: 'staff'; readonly permissions: ReadonlySet<Permission> };

type PayloadSchema = BaseSchema<unknown, unknown, BaseIssue<unknown>>;

/** All that is known of a type of event, once: its form, what in it is personal, who may see it, what it erases. */
export interface EventDeclaration<Type extends string = string, Schema extends PayloadSchema = PayloadSchema> {
  readonly type: Type;
  readonly version: number;
  readonly payload: Schema;
  /** Dotted paths of the personal fields and the class of their key. */
  readonly personal: Readonly<Record<string, PersonalClass>>;
  visibleTo(payload: InferOutput<Schema>, actor: Actor): readonly Audience[];
  /** True when a customer sees only those written after he had joined; representatives read the earlier ones too. */
  readonly sinceJoined?: boolean;
  /** Keys that must be gone once this event is in the log. */
  erases?(payload: InferOutput<Schema>): readonly ErasedKey[];
  /** `upcasters[n]` turns a payload of version n into one of version n + 1. */
  readonly upcasters?: Readonly<Record<number, (payload: never) => unknown>>;
}

export type EventOf<D extends EventDeclaration> =
  D extends EventDeclaration<infer Type, infer Schema> ? DomainEvent<Type, InferOutput<Schema>> : never;

export function declareEvent<const Type extends string, Schema extends PayloadSchema>(
  declaration: EventDeclaration<Type, Schema>,
): EventDeclaration<Type, Schema> {
  return declaration;
}

const base64url = v.pipe(v.string(), v.regex(/^[\w-]+$/));
const lostText = v.union([
  v.strictObject({ erased: v.literal(true) }),
  v.strictObject({ unreadable: v.literal(true) }),
]);

/**
 * Schema of a personal field in an event: sealed or about to be sealed under a key of this class, erased, or unreadable
 * where it was carried over from. Text in the clear is refused, an object that carries some beside the ciphertext too: this
 * is the last check before the log.
 */
export function personalText(personalClass: PersonalClass): v.CustomSchema<PersonalText, undefined> {
  const item = v.optional(v.pipe(v.number(), v.integer()));
  const key = { subject: v.string(), class: v.literal(personalClass), item };
  const sealedText = v.strictObject({ ...key, nonce: base64url, ciphertext: base64url });
  return v.custom<PersonalText>((value) => {
    if (value instanceof UnsealedText) return value.class === personalClass;
    return v.is(sealedText, value) || v.is(lostText, value);
  });
}

/** RFC 3339 in UTC with milliseconds and a year of four digits, so that texts compare as times do. */
export const instant = v.pipe(v.string(), v.regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/));
export const uuid = v.pipe(v.string(), v.regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/));

/** Whether the viewer belongs to the audience. It knows nothing of time: feeds and queries ask `mayViewerSee`. */
export function maySee(viewer: Viewer, audience: readonly Audience[]): boolean {
  return audience.some((member) => belongsTo(viewer, member));
}

function belongsTo(viewer: Viewer, member: Audience): boolean {
  if (typeof member === 'object' && 'permission' in member)
    return viewer.kind === 'staff' && viewer.permissions.has(member.permission);
  if (viewer.kind !== 'participant') return false;
  if (typeof member === 'object') return viewer.participantId === member.participant;
  if (viewer.role === null) return member === 'waiting';
  return member !== 'waiting' && isRepresentative(viewer.role) === (member === 'representatives');
}

export function isRepresentative(role: SessionRole): boolean {
  return role === 'primaryRepresentative' || role === 'assistingRepresentative';
}

export const auditors: Audience = { permission: 'audit.read' };
export const everybodyInSession: readonly Audience[] = ['customers', 'representatives', auditors];
export const representativesOnly: readonly Audience[] = ['representatives', auditors];
export const auditorsOnly: readonly Audience[] = [auditors];

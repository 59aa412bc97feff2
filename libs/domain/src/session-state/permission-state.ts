import type { Instant } from '../decider';

/** What a permission opens. `desktop` is the whole screen of its owner. */
export const capabilities = ['desktop'] as const;
export type Capability = (typeof capabilities)[number];

/** What the grantees may do with it. */
export const accesses = ['view'] as const;
export type Access = (typeof accesses)[number];

/** What the owner's browser says was chosen (W3C Screen Capture, `displaySurface`); `unknown` where it says nothing. */
export const surfaces = ['monitor', 'window', 'browser', 'unknown'] as const;
export type Surface = (typeof surfaces)[number];

/** Why the owner's approval led to no picture. */
export const choiceFailures = [
  'nothingChosen',
  'wrongSurface',
  'refusedByBrowser',
  'refusedBySystem',
  'notSupported',
  'failed',
] as const;
export type ChoiceFailure = (typeof choiceFailures)[number];

/** How a grant was over without its owner's Stop. */
export const grantEndings = [
  'endedByViewer',
  'captureEnded',
  'pageClosed',
  'ownerLeft',
  'viewersLeft',
  'sessionEnded',
] as const;
export type GrantEnding = (typeof grantEndings)[number];

/**
 * A question of one side to the other. `sent`: not on the owner's screen yet, no time runs; `shown`: it stands there until
 * `expiresAt`; `choosing`: approved, the browser's own dialog is open and no time runs.
 */
export interface PermissionRequest {
  readonly id: string;
  readonly capability: Capability;
  readonly access: Access;
  readonly ownerId: string;
  readonly requestedBy: string;
  readonly grantees: readonly string[];
  readonly status: 'sent' | 'shown' | 'choosing' | 'granted' | 'denied' | 'withdrawn' | 'timedOut';
  readonly requestedAt: Instant;
  /** Since when the status is what it is. */
  readonly since: Instant;
  /** When the question ends by itself; null before it was shown. */
  readonly expiresAt: Instant | null;
  /** Of the last try to choose; null when there was none. */
  readonly choiceFailure: ChoiceFailure | null;
}

/** Leave to see something, for named participants. */
export interface Grant {
  readonly id: string;
  readonly requestId: string;
  readonly capability: Capability;
  readonly access: Access;
  readonly ownerId: string;
  readonly grantees: readonly string[];
  readonly surface: Surface;
  readonly grantedAt: Instant;
  /** null while it is live. */
  readonly ended: { readonly at: Instant; readonly by: string | null; readonly how: 'revoked' | GrantEnding } | null;
}

/** A question that still waits for something: for its display, an answer or a choice. */
export function isOpenRequest({ status }: PermissionRequest): boolean {
  return status === 'sent' || status === 'shown' || status === 'choosing';
}

export function isLive({ ended }: Grant): boolean {
  return ended === null;
}

/** Ended by a closed page or a stopped capture, not by anybody's wish: its owner may take it up again. */
export function isResumable({ ended }: Grant): boolean {
  return ended !== null && (ended.how === 'pageClosed' || ended.how === 'captureEnded');
}

/** What a participant can send as picture or sound. */
export const mediaSources = ['screenShare', 'microphone', 'camera'] as const;
export type MediaSource = (typeof mediaSources)[number];

/**
 * What one participant may do in the media room of a session. It is always the whole right, never a change of it: the
 * media server replaces what it had.
 */
export interface MediaRights {
  /** May see and hear what the others send. */
  readonly subscribe: boolean;
  /** What may be sent; nothing when empty. */
  readonly publish: readonly MediaSource[];
  /** May send control messages: true exactly while somebody's consent to be controlled by him is live. */
  readonly data: boolean;
}

/** In the room, and nothing else. */
export const noMediaRights: MediaRights = { subscribe: false, publish: [], data: false };

/** Whether both allow the same; the order of what may be sent says nothing. */
export function sameMediaRights(one: MediaRights, other: MediaRights): boolean {
  return one.subscribe === other.subscribe && one.data === other.data && sameSources(one.publish, other.publish);
}

function sameSources(one: readonly MediaSource[], other: readonly MediaSource[]): boolean {
  return mediaSources.every((source) => one.includes(source) === other.includes(source));
}

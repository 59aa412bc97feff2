import { eventIdFor } from '@deskside/event-store';
import type { StreamName } from '@deskside/event-store';

/** An id made from others, so that a command sent again makes the same things again (UUIDv5). */
export function derivedId(purpose: string, ...from: readonly string[]): string {
  return eventIdFor({ actorId: purpose, stream: 'derived' as StreamName, commandId: from.join(' '), index: 0 });
}

export function streamOf(category: 'supportSession' | 'representative' | 'access', id: string): StreamName {
  return `${category}-${id}` as StreamName;
}

export const siteStream = 'site' as StreamName;

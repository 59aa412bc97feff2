import { eventRegistry } from './event-registry';

/** A payload from the log in the newest version of its type, of which alone the declaration speaks. */
export function broughtUp(event: {
  readonly type: string;
  readonly schemaVersion: number;
  readonly payload: unknown;
}): unknown {
  return Object.entries(eventRegistry.get(event.type)?.upcasters ?? {})
    .filter(([version]) => Number(version) >= event.schemaVersion)
    .reduce<unknown>((payload, [, upcast]) => upcast(payload as never), event.payload);
}

import * as access from '../access';
import * as accounts from '../accounts';
import * as chat from '../chat';
import * as claims from '../claims';
import * as joining from '../joining';
import * as presence from '../presence';
import * as site from '../site';
import * as lifecycle from '../support-session';
import type { EventDeclaration } from '../events';

const modules = [access, accounts, chat, claims, joining, presence, site, lifecycle];

function isDeclaration(value: unknown): value is EventDeclaration {
  return typeof value === 'object' && value !== null && 'visibleTo' in value && 'personal' in value;
}

/** Every type of event that this version can write, by name. A type read from the log that is not here is left alone. */
export const eventRegistry: ReadonlyMap<string, EventDeclaration> = new Map(
  modules.flatMap((module) =>
    Object.values<unknown>(module)
      .filter(isDeclaration)
      .map((d) => [d.type, d] as const),
  ),
);

/** The types of event after which a key must be gone. */
export const erasingEventTypes: readonly string[] = [...eventRegistry.values()]
  .filter((d) => d.erases !== undefined)
  .map((d) => d.type);

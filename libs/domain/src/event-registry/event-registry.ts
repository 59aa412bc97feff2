import * as access from '../access';
import * as accounts from '../accounts';
import * as audio from '../audio';
import * as chat from '../chat';
import * as claims from '../claims';
import * as consent from '../consent';
import * as device from '../device';
import * as integrity from '../integrity';
import * as invitation from '../invitation';
import * as joining from '../joining';
import * as notes from '../notes';
import * as presence from '../presence';
import * as reporting from '../reporting';
import * as site from '../site';
import * as lifecycle from '../support-session';
import type { EventDeclaration } from '../events';

const sessions = [audio, chat, consent, device, invitation, joining, lifecycle, notes, presence, reporting];
const modules = [access, accounts, claims, integrity, site, ...sessions];

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

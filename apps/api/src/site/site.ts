import { site, uuid } from '@deskside/domain';
import type { SiteCommand, SiteSettings } from '@deskside/domain';
import { readableEnvelope } from '@deskside/event-store';
import type { EventStore, SealedEvent } from '@deskside/event-store';
import * as v from 'valibot';
import type { Caller } from '../command-path/caller';
import type { CommandPath, Handled } from '../command-path/command-path';
import { derivedId, siteStream } from '../command-path/derived-id';
import { answer } from '../command-path/outcome';
import type { Outcome } from '../command-path/outcome';

const standardSettings: SiteSettings = { name: 'Deskside', privacyNotice: '', defaultLocale: 'en' };

/** The site of a log whose first event is damaged, or names none in the form in which sites are named. */
export const unreadableSite = '00000000-0000-0000-0000-000000000000';

/** Whose log this is, from its very first event; null in a new log, and never in one whose first event is damaged. */
export async function siteIdOf(store: EventStore): Promise<string | null> {
  const [first] = await store.readStream(siteStream, { maxCount: 1 });
  if (first?.revision === 0n) return siteIdIn(first);
  const isUnreadable = store.integrity().status === 'damaged' && (await store.head()) !== null;
  return isUnreadable ? unreadableSite : null;
}

/** Of the very first event, whatever is left of it: what is no name of a site is never asked for, nor part of a path. */
export function siteIdIn(first: Pick<SealedEvent, 'body'>): string {
  const siteId = readableEnvelope<{ siteId?: unknown } | undefined>(first)?.payload?.siteId;
  return v.is(uuid, siteId) ? siteId : unreadableSite;
}

/** The stream `site`: whose log this is, and what its administrators have set. */
export class Site {
  constructor(
    readonly siteId: string,
    /** False at the very first start, before SiteCreated stands in the log. */
    readonly existed: boolean,
    private readonly commands: CommandPath,
  ) {}

  /** Writes the very first event of a new log. */
  async create(caller: Caller): Promise<void> {
    const { siteId } = this;
    const payload = { siteId, settings: standardSettings };
    answer(await this.#handle({ type: 'CreateSite', payload }, caller, derivedId('site', siteId)));
  }

  async settings(): Promise<SiteSettings> {
    const { state } = await this.commands.stateOf(site, siteStream);
    return state.status === 'absent' ? standardSettings : state.settings;
  }

  change(settings: Partial<SiteSettings>, caller: Caller, commandId: string): Promise<Outcome<Handled<unknown>>> {
    return this.#handle({ type: 'ChangeSiteSettings', payload: { settings } }, caller, commandId);
  }

  #handle(
    command: Pick<SiteCommand, 'type' | 'payload'>,
    caller: Caller,
    commandId: string,
  ): Promise<Outcome<Handled<unknown>>> {
    return this.commands.handle(site, { stream: siteStream, caller, commandId }, command as SiteCommand);
  }
}

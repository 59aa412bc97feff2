import { Command, CommandHandler } from '@nestjs/cqrs';
import type { ICommandHandler } from '@nestjs/cqrs';
import type { SiteSettings } from '@deskside/domain';
import { AccessJournal } from '../access/access-journal';
import type { StaffCaller } from '../command-path/caller';
import type { Handled } from '../command-path/command-path';
import { refused } from '../command-path/outcome';
import type { Outcome } from '../command-path/outcome';
import { locales } from './locales';
import { Site } from './site';

export class ChangeSiteSettings extends Command<Outcome<Handled<unknown>>> {
  constructor(
    readonly caller: StaffCaller,
    readonly commandId: string,
    readonly settings: Readonly<Record<string, string | null | undefined>>,
  ) {
    super();
  }
}

@CommandHandler(ChangeSiteSettings)
export class ChangeSiteSettingsHandler implements ICommandHandler<ChangeSiteSettings> {
  constructor(
    private readonly journal: AccessJournal,
    private readonly site: Site,
  ) {}

  async execute({ caller, commandId, settings }: ChangeSiteSettings): Promise<Outcome<Handled<unknown>>> {
    const denied = await this.journal.authorise(caller, 'site.configure', 'ChangeSiteSettings');
    if (denied) return denied;
    const { name, privacyNotice, defaultLocale } = settings;
    const locale = locales.find((known) => known === defaultLocale);
    if (typeof defaultLocale === 'string' && locale === undefined) return refused('INPUT_INVALID');
    const wanted: Partial<SiteSettings> = {
      ...(typeof name === 'string' ? { name: name.trim() } : {}),
      ...(typeof privacyNotice === 'string' ? { privacyNotice: privacyNotice.trim() } : {}),
      ...(locale === undefined ? {} : { defaultLocale: locale }),
    };
    return this.site.change(wanted, caller, commandId);
  }
}

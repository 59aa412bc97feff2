import { Inject } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { Args, Context, Mutation, Query, Resolver } from '@nestjs/graphql';
import type { LogDamage } from '@deskside/event-store';
import { answer } from '../command-path/outcome';
import { atLeast } from '../graphql/at-least';
import { signedIn } from '../graphql/staff-context';
import type { StaffContext } from '../graphql/staff-context';
import type {
  GettingStarted,
  MutationChangeSiteSettingsArgs,
  Receipt,
  Site as SiteAnswer,
} from '../graphql/generated/staff';
import { logStatus } from '../log/log';
import { NODE } from '../node/deskside-node';
import type { DesksideNode } from '../node/deskside-node';
import { PublicUrl } from '../node/public-url';
import { version } from '../node/version';
import { ChangeSiteSettings } from './site.handlers';

@Resolver()
export class SiteResolver {
  constructor(
    @Inject(NODE) private readonly node: DesksideNode,
    @Inject(PublicUrl) private readonly publicUrl: PublicUrl,
    @Inject(CommandBus) private readonly bus: CommandBus,
  ) {}

  @Query('site')
  async site(): Promise<SiteAnswer> {
    const settings = await this.node.site.settings();
    const integrity = this.node.store.integrity();
    const damage =
      integrity.status === 'damaged'
        ? { ...placeOf(integrity), reason: integrity.reason }
        : { stream: null, revision: null, reason: null };
    return {
      ...settings,
      customerUrl: `${this.publicUrl.value}/`,
      version,
      log: { status: logStatus(this.node.store), ...damage },
    };
  }

  @Query('gettingStarted')
  async gettingStarted(@Context() context: StaffContext, @Args('atLeast') position?: string): Promise<GettingStarted> {
    signedIn(context);
    await atLeast(this.node.readModels, ['getting-started'], position);
    return this.node.readModels.gettingStarted.steps();
  }

  @Mutation('changeSiteSettings')
  async changeSiteSettings(
    @Context() context: StaffContext,
    @Args() args: MutationChangeSiteSettingsArgs,
  ): Promise<Receipt> {
    const { commandId, ...settings } = args;
    return answer(await this.bus.execute(new ChangeSiteSettings(signedIn(context), commandId, settings)));
  }
}

function placeOf({ place }: LogDamage): { readonly stream: string | null; readonly revision: string | null } {
  return { stream: place?.stream ?? null, revision: place?.revision.toString() ?? null };
}

import { Inject } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { Args, Context, Mutation, Query, Resolver } from '@nestjs/graphql';
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
import { writeRefusal } from '../log/log';
import { NODE } from '../node/deskside-node';
import type { DesksideNode } from '../node/deskside-node';
import { PublicUrl } from '../node/public-url';
import { version } from '../node/version';
import { logState } from './log-state';
import { ChangeSiteSettings } from './site.handlers';

@Resolver()
export class SiteResolver {
  constructor(
    @Inject(NODE) private readonly node: DesksideNode,
    @Inject(PublicUrl) private readonly publicUrl: PublicUrl,
    @Inject(CommandBus) private readonly bus: CommandBus,
  ) {}

  @Query('site')
  async site(@Context() { caller }: StaffContext): Promise<SiteAnswer> {
    const settings = await this.node.site.settings();
    return {
      ...settings,
      customerUrl: `${this.publicUrl.value}/`,
      version,
      log: logState(this.node, caller),
    };
  }

  @Query('writeRefusal')
  writeRefusal(): string | null {
    return writeRefusal(this.node.store);
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

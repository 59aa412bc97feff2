import { Inject } from '@nestjs/common';
import { Query, Resolver } from '@nestjs/graphql';
import type { CustomerSite } from '../graphql/generated/customer';
import { writeRefusal } from '../log/log';
import { NODE } from '../node/deskside-node';
import type { DesksideNode } from '../node/deskside-node';

@Resolver()
export class CustomerSiteResolver {
  constructor(@Inject(NODE) private readonly node: DesksideNode) {}

  @Query('site')
  async site(): Promise<CustomerSite> {
    return this.node.site.settings();
  }

  @Query('writeRefusal')
  writeRefusal(): string | null {
    return writeRefusal(this.node.store);
  }
}

import { Inject } from '@nestjs/common';
import { Context, Mutation, Resolver, Subscription } from '@nestjs/graphql';
import { answer } from '../command-path/outcome';
import { admitted } from '../graphql/customer-context';
import type { CustomerContext } from '../graphql/customer-context';
import type { MediaAccess as MediaAccessAnswer, MediaState } from '../graphql/generated/customer';
import { NODE } from '../node/deskside-node';
import type { DesksideNode } from '../node/deskside-node';
import { PublicUrl } from '../node/public-url';
import { MediaAccess } from './media-access';
import { mediaStates } from './media-state';
import { signallingUrl } from './signalling-url';

@Resolver()
export class CustomerMediaAccessResolver {
  constructor(
    @Inject(NODE) private readonly node: DesksideNode,
    @Inject(PublicUrl) private readonly publicUrl: PublicUrl,
    @Inject(MediaAccess) private readonly access: MediaAccess,
  ) {}

  @Mutation('mediaAccess')
  async mediaAccess(@Context() context: CustomerContext): Promise<MediaAccessAnswer> {
    const { sessionId, participantId: identity } = admitted(context);
    const token = answer(await this.access.issue(sessionId, identity));
    return { url: signallingUrl(context.pageOrigin ?? this.publicUrl.value), token, identity };
  }

  @Subscription('mediaState', { resolve: (state: unknown) => state })
  async mediaState(@Context() context: CustomerContext): Promise<AsyncIterableIterator<MediaState>> {
    admitted(context);
    return mediaStates(this.node.media);
  }
}

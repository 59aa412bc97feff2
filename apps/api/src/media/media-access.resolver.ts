import { Inject } from '@nestjs/common';
import { Args, Context, Mutation, Resolver, Subscription } from '@nestjs/graphql';
import { answer } from '../command-path/outcome';
import type { MediaAccess as MediaAccessAnswer, MediaState } from '../graphql/generated/staff';
import { signedIn } from '../graphql/staff-context';
import type { StaffContext } from '../graphql/staff-context';
import { NODE } from '../node/deskside-node';
import type { DesksideNode } from '../node/deskside-node';
import { PublicUrl } from '../node/public-url';
import { MediaAccess } from './media-access';
import { mediaStates } from './media-state';
import { signallingUrl } from './signalling-url';

@Resolver()
export class MediaAccessResolver {
  constructor(
    @Inject(NODE) private readonly node: DesksideNode,
    @Inject(PublicUrl) private readonly publicUrl: PublicUrl,
    @Inject(MediaAccess) private readonly access: MediaAccess,
  ) {}

  @Mutation('mediaAccess')
  async mediaAccess(
    @Context() context: StaffContext,
    @Args('sessionId') sessionId: string,
  ): Promise<MediaAccessAnswer> {
    const place = answer(await this.node.sessions.placeOf(signedIn(context), sessionId, 'mediaAccess'));
    const identity = place.participant.id;
    const token = answer(await this.access.issue(sessionId, identity));
    return { url: signallingUrl(context.pageOrigin ?? this.publicUrl.value), token, identity };
  }

  @Subscription('mediaState', { resolve: (state: unknown) => state })
  async mediaState(@Context() context: StaffContext): Promise<AsyncIterableIterator<MediaState>> {
    const denied = await this.node.journal.authorise(signedIn(context), 'session.serve', 'mediaState');
    if (denied) answer(denied);
    return mediaStates(this.node.media);
  }
}

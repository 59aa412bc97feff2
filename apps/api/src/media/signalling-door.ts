import type { IncomingMessage } from 'node:http';
import type { MediaPlant, MediaServer, TokenHolder } from '@deskside/media/server';
import { sameOrigin } from '../graphql/request-context';
import type { PublicUrl } from '../node/public-url';
import type { MediaAdmission } from './media-admission';
import type { Place, SignallingPlaces } from './signalling-places';
import { tokenIn, withoutToken } from './signalling-token';

export interface DoorParts {
  readonly media: Pick<MediaPlant, 'state' | 'server'>;
  readonly mediaAdmission: Pick<MediaAdmission, 'admit' | 'token'>;
}

/** What goes on to LiveKit. */
export interface Entry {
  readonly place: Place;
  /** Where LiveKit answers. */
  readonly target: string;
  /** Path and query there; no token is in it. */
  readonly path: string;
  /** Made for this one entry. */
  readonly token: string;
}

/** By which a request is turned away. */
export type TurnedAway = 400 | 401 | 403 | 429 | 503;

/**
 * Looks at everybody who wants to go to LiveKit. A browser's token only says who they are: LiveKit renews tokens with the
 * rights of that moment for as long as somebody is connected, so an old one would bring back what was withdrawn since.
 * LiveKit is given a new one with the least, made for a participant whom the session has at this moment.
 */
export class SignallingDoor {
  constructor(
    private readonly parts: DoorParts,
    private readonly publicUrl: PublicUrl,
    private readonly places: SignallingPlaces,
  ) {}

  /** @param end cuts off what is opened by it, when its participant has to go */
  async open(request: IncomingMessage, path: string, end: () => void): Promise<Entry | TurnedAway> {
    if (!sameOrigin(request, this.publicUrl.value)) return 403;
    const { state, server } = this.parts.media;
    if (state.status !== 'ready') return 503;
    const holder = await holderOf(request, server);
    if (typeof holder === 'number') return holder;
    const place = this.places.take(holder.room, holder.identity, end);
    if (place === null) return 429;
    const token = await this.#tokenFor(place);
    return token === null ? 403 : { place, target: state.url, path: withoutToken(path), token };
  }

  /** Whether its participant may still come in: they may have been put out while LiveKit let them in. */
  async isStillOpen({ place }: Entry): Promise<boolean> {
    const admitted = await this.parts.mediaAdmission.admit(place.room, place.identity);
    return admitted.ok && place.state !== 'over';
  }

  async #tokenFor(place: Place): Promise<string | null> {
    const { room, identity } = place;
    let token: string | null = null;
    try {
      const admitted = await this.parts.mediaAdmission.admit(room, identity);
      if (!admitted.ok) return null;
      place.accountId = admitted.value.participants[identity]?.personId ?? null;
      token = await this.parts.mediaAdmission.token(admitted.value, room, identity);
      return token;
    } finally {
      if (token === null) this.places.leave(place);
    }
  }
}

/** Who comes, by the signature of our own key. */
async function holderOf(
  request: IncomingMessage,
  server: Pick<MediaServer, 'verifyToken'>,
): Promise<TokenHolder | 400 | 401> {
  const found = tokenIn(request);
  if (found === 'ambiguous' || hasBody(request)) return 400;
  return (found === 'none' ? null : await server.verifyToken(found.token)) ?? 401;
}

/** LiveKit may read a form; nobody who comes in has anything to send before. */
function hasBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) !== 0;
}

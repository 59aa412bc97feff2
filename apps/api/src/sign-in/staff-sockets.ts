import type { StaffContext } from '../graphql/staff-context';
import type { EventHub } from '../live-feed/event-hub';
import type { SignIns } from './sign-ins';

interface OpenSocket {
  readonly signInId: string;
  readonly token: string;
  readonly close: (code: number, reason: string) => void;
}

/** graphql-ws: the client gives up and asks for a sign-in. */
const unauthorized = 4401;
/** RFC 6455 registry, "service restart": the client comes back at once and is looked at anew. */
const comeBack = 1012;

/** The live connections of staff, so that a sign-out or a withdrawn role ends what is open, not only what comes. */
export class StaffSockets {
  readonly #byAccount = new Map<string, Set<OpenSocket>>();

  readonly #signIns: SignIns;

  constructor(hub: EventHub, signIns: SignIns) {
    this.#signIns = signIns;
    // What was opened between the event that ended them and their end.
    signIns.secrets.whenEnded((accountId) => this.#lookAll(this.#byAccount.get(accountId) ?? []));
    for (const type of ['SignedOut', 'AccountDisabled', 'RolesGranted', 'RolesWithdrawn'])
      hub.onType(type, ({ recorded, envelope }) => {
        const accountId = recorded.stream.replace(/^representative-/, '');
        const { signInId } = envelope.payload as { signInId?: string | null };
        this.#end(accountId, signInId ?? null, type.startsWith('Roles') ? comeBack : unauthorized);
      });
  }

  /** @returns what to call when the socket has closed. */
  add({ caller, token }: StaffContext, close: OpenSocket['close']): () => void {
    if (caller === null || token === null) return () => undefined;
    const open: OpenSocket = { signInId: caller.signInId, token, close };
    const sockets = this.#byAccount.get(caller.accountId) ?? new Set();
    this.#byAccount.set(caller.accountId, sockets.add(open));
    // Its sign-in may have ended since it was looked up.
    this.#lookAll([open]);
    return () => {
      sockets.delete(open);
      if (sockets.size === 0 && this.#byAccount.get(caller.accountId) === sockets)
        this.#byAccount.delete(caller.accountId);
    };
  }

  /** An open page is use: it prolongs its sign-in; one that has ended elsewhere (another node, its time) loses the page. */
  async sweep(): Promise<void> {
    for (const socket of [...this.#byAccount.values()].flatMap((sockets) => [...sockets])) await this.#look(socket);
  }

  async #look({ token, signInId, close }: OpenSocket): Promise<void> {
    if ((await this.#signIns.callerOf(token, signInId)) === null) close(unauthorized, 'Signed out');
  }

  /** A vault that cannot be read just now is read again by the next sweep. */
  #lookAll(sockets: Iterable<OpenSocket>): void {
    for (const socket of sockets) this.#look(socket).catch(() => undefined);
  }

  #end(accountId: string, signInId: string | null, code: number): void {
    for (const socket of this.#byAccount.get(accountId) ?? [])
      if (signInId === null || socket.signInId === signInId) socket.close(code, 'Signed out');
  }
}

import { isRepresentative, participantOf, supportSession } from '@deskside/domain';
import type { KnownSession, Participant, SupportSession, SupportSessionCommand } from '@deskside/domain';
import type { AccessJournal } from '../access/access-journal';
import type { Caller, CustomerCaller, StaffCaller } from '../command-path/caller';
import type { CommandPath, Handled } from '../command-path/command-path';
import { streamOf } from '../command-path/derived-id';
import { done, refused } from '../command-path/outcome';
import type { Outcome } from '../command-path/outcome';

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export interface OwnPlace {
  readonly session: KnownSession;
  readonly participant: Participant;
}

/** A command for one session. */
export interface AboutSession<By extends Caller = Caller> {
  readonly sessionId: string;
  readonly caller: By;
  readonly commandId: string;
}

type Intent = Pick<SupportSessionCommand, 'type' | 'payload'>;
/** Told of each command that this node has carried out, with the session as it stands then. It must not throw or wait. */
type HandledListener = (sessionId: string, type: Intent['type'], session: SupportSession) => void;

/** The streams `supportSession-<id>`: where everything that happens in a session is decided. */
export class Sessions {
  readonly #listeners = new Set<HandledListener>();

  constructor(
    private readonly commands: CommandPath,
    private readonly journal: AccessJournal,
  ) {}

  async find(sessionId: string): Promise<KnownSession | null> {
    if (!uuid.test(sessionId)) return null;
    const { state } = await this.commands.stateOf(supportSession, streamOf('supportSession', sessionId));
    return state.status === 'absent' ? null : state;
  }

  /** The same, read from the log again: what another node has written since is in it. */
  async findAfresh(sessionId: string): Promise<KnownSession | null> {
    if (!uuid.test(sessionId)) return null;
    const { state } = await this.commands.stateAfresh(supportSession, streamOf('supportSession', sessionId));
    return state.status === 'absent' ? null : state;
  }

  onHandled(listener: HandledListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /**
   * The place of a representative in a session, as long as he may serve any. Somebody else's session and one that does
   * not exist answer alike; both are written down as refused.
   */
  async placeOf(caller: StaffCaller, sessionId: string, command: string): Promise<Outcome<OwnPlace>> {
    const denied = await this.journal.authorise(caller, 'session.serve', command);
    if (denied) return denied;
    const session = await this.find(sessionId);
    const participant = session === null ? undefined : participantOf(session, caller.accountId);
    if (session !== null && participant !== undefined) return done({ session, participant });
    return this.journal.refuse(caller, command, 'SESSION_NOT_FOUND');
  }

  async handle(
    about: AboutSession & { readonly sessionRole?: string },
    command: Intent,
  ): Promise<Outcome<Handled<unknown>>> {
    const { sessionId, caller, commandId, sessionRole } = about;
    if (!uuid.test(sessionId)) return refused('SESSION_NOT_FOUND');
    const stream = streamOf('supportSession', sessionId);
    const role = sessionRole === undefined ? {} : { sessionRole };
    const outcome = await this.commands.handle(
      supportSession,
      { stream, caller, commandId, ...role },
      command as SupportSessionCommand,
    );
    if (outcome.ok) for (const listener of this.#listeners) listener(sessionId, command.type, outcome.value.state);
    return outcome;
  }

  /** A command of a representative in his own session. */
  async handleAsRepresentative(
    about: AboutSession<StaffCaller>,
    commandFor: (participantId: string) => Intent,
  ): Promise<Outcome<Handled<unknown>>> {
    const place = await this.placeOf(about.caller, about.sessionId, commandFor('').type);
    if (!place.ok) return place;
    const { id, role } = place.value.participant;
    return this.handle({ ...about, sessionRole: role }, commandFor(id));
  }

  /** The same for what is left to do for a representative who has gone already. */
  async handleAsFormerRepresentative(
    about: AboutSession<StaffCaller>,
    commandFor: (participantId: string) => Intent,
  ): Promise<Outcome<Handled<unknown>>> {
    const session = await this.find(about.sessionId);
    const places = Object.values(session?.participants ?? {});
    const former = places.findLast(
      ({ personId, role }) => personId === about.caller.accountId && isRepresentative(role),
    );
    if (former === undefined) return this.handleAsRepresentative(about, commandFor);
    const denied = await this.journal.authorise(about.caller, 'session.serve', commandFor('').type);
    return denied ?? this.handle({ ...about, sessionRole: former.role }, commandFor(former.id));
  }

  /** A command of a customer, whose place stands in his bearer. */
  handleAsCustomer(
    { caller, commandId }: Pick<AboutSession<CustomerCaller>, 'caller' | 'commandId'>,
    commandFor: (participantId: string) => Intent,
  ): Promise<Outcome<Handled<unknown>>> {
    return this.handle({ sessionId: caller.sessionId, caller, commandId }, commandFor(caller.participantId));
  }

  /** A command that either side may give for itself. */
  handleAsParticipant(
    { caller, ...about }: AboutSession<StaffCaller | CustomerCaller>,
    commandFor: (participantId: string) => Intent,
  ): Promise<Outcome<Handled<unknown>>> {
    return caller.kind === 'staff'
      ? this.handleAsRepresentative({ ...about, caller }, commandFor)
      : this.handleAsCustomer({ ...about, caller }, commandFor);
  }
}

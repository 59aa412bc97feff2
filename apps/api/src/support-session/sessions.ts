import { participantOf, supportSession } from '@deskside/domain';
import type { KnownSession, Participant, SupportSessionCommand } from '@deskside/domain';
import type { AccessJournal } from '../access/access-journal';
import type { Caller, StaffCaller } from '../command-path/caller';
import type { CommandPath, Handled } from '../command-path/command-path';
import { streamOf } from '../command-path/derived-id';
import { done, refused } from '../command-path/outcome';
import type { Outcome } from '../command-path/outcome';

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export interface OwnPlace {
  readonly session: KnownSession;
  readonly participant: Participant;
}

/** The streams `supportSession-<id>`: where everything that happens in a session is decided. */
export class Sessions {
  constructor(
    private readonly commands: CommandPath,
    private readonly journal: AccessJournal,
  ) {}

  async find(sessionId: string): Promise<KnownSession | null> {
    if (!uuid.test(sessionId)) return null;
    const { state } = await this.commands.stateOf(supportSession, streamOf('supportSession', sessionId));
    return state.status === 'absent' ? null : state;
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
    about: { sessionId: string; caller: Caller; commandId: string; sessionRole?: string },
    command: Pick<SupportSessionCommand, 'type' | 'payload'>,
  ): Promise<Outcome<Handled<unknown>>> {
    const { sessionId, ...rest } = about;
    if (!uuid.test(sessionId)) return refused('SESSION_NOT_FOUND');
    return this.commands.handle(
      supportSession,
      { stream: streamOf('supportSession', sessionId), ...rest },
      command as SupportSessionCommand,
    );
  }

  /** A command of a representative in his own session. */
  async handleAsRepresentative(
    about: { sessionId: string; caller: StaffCaller; commandId: string },
    commandFor: (participantId: string) => Pick<SupportSessionCommand, 'type' | 'payload'>,
  ): Promise<Outcome<Handled<unknown>>> {
    const place = await this.placeOf(about.caller, about.sessionId, commandFor('').type);
    if (!place.ok) return place;
    const { id, role } = place.value.participant;
    return this.handle({ ...about, sessionRole: role }, commandFor(id));
  }
}

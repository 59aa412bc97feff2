import { Injectable } from '@nestjs/common';
import { numberOnlyAsks } from '@deskside/domain';
import type { KnownSession, PersonalText } from '@deskside/domain';
import { personalText } from '../accounts/people-names';
import { CommandPath } from '../command-path/command-path';
import { done } from '../command-path/outcome';
import type { Outcome } from '../command-path/outcome';
import type { PersonalText as PersonalAnswer, SessionPreview } from '../graphql/generated/customer';
import { Invitations } from '../invitation/invitations';
import { Door, whyNoWay } from './door';
import type { DoorKey, FoundSession } from './door';

/** Who asks and why, for somebody in front of the door. */
@Injectable()
export class SessionPreviews {
  constructor(
    private readonly door: Door,
    private readonly commands: CommandPath,
    private readonly invitations: Invitations,
  ) {}

  look(key: DoorKey, address: string): Promise<Outcome<SessionPreview>> {
    return this.door.open(key, address, async (found) => whyNoWay(found) ?? done(await this.#describe(found)));
  }

  async #describe({ session, invitation }: FoundSession): Promise<SessionPreview> {
    return {
      representativeName: await this.#open(representativeOf(session)),
      subject: session.subject === null ? null : await this.#open(session.subject),
      customerName: await this.invitations.text(invitation?.customerName),
      locale: invitation?.locale ?? null,
      asks: numberOnlyAsks(session),
    };
  }

  async #open(text: PersonalText | undefined): Promise<PersonalAnswer> {
    return personalText(text === undefined ? undefined : await this.commands.textOf(text));
  }
}

function representativeOf({ participants }: KnownSession): PersonalText | undefined {
  return Object.values(participants).find(({ role }) => role === 'primaryRepresentative')?.name;
}

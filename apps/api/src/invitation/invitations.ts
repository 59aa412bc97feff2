import type { Invitation, KnownSession, PersonalText } from '@deskside/domain';
import type { CommandPath } from '../command-path/command-path';
import type { Site } from '../site/site';
import type { InvitationLinks } from './invitation-links';
import type { InvitationFacts } from './invitation-text';

/** What invitations say, read from the session as it stands. */
export class Invitations {
  constructor(
    private readonly parts: {
      readonly commands: CommandPath;
      readonly site: Site;
      readonly links: InvitationLinks;
    },
  ) {}

  /** @param origin of the customer's page */
  async factsOf(
    sessionId: string,
    session: KnownSession,
    invitation: Invitation,
    origin: string,
  ): Promise<InvitationFacts> {
    const { site, links } = this.parts;
    const { id: invitationId, channel, locale, customerName, invitedBy } = invitation;
    const company = (await site.settings()).name;
    return {
      ...{ channel, locale, company, origin, number: session.number ?? '' },
      representative: (await this.text(session.participants[invitedBy]?.name)) ?? company,
      customerName: await this.text(customerName),
      subject: await this.text(session.subject),
      token: links.tokenOf({ sessionId, invitationId }),
    };
  }

  recipientOf({ recipient }: Invitation): Promise<string | null> {
    return this.text(recipient);
  }

  /** Null for none and for an erased one. */
  async text(text: PersonalText | null | undefined): Promise<string | null> {
    if (text === null || text === undefined) return null;
    const opened = await this.parts.commands.textOf(text);
    return typeof opened === 'string' ? opened : null;
  }
}

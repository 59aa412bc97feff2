import { Injectable, inject } from '@angular/core';
import type { InvitationChannel } from '@deskside/domain';
import { commandId } from '@deskside/ui';
import type { Answer } from '@deskside/ui';
import {
  InvitationTextDocument,
  InviteCustomerDocument,
  MailKindDocument,
  ResendInvitationDocument,
  WithdrawInvitationDocument,
} from '../../../generated/graphql';
import type { InvitationTextQuery, InviteCustomerMutation } from '../../../generated/graphql';
import { StaffRequests } from '../../sign-in/staff-requests';
import { RefusalNotice } from '../../refusals/refusal-notice';

export interface InvitationWish {
  readonly channel: InvitationChannel;
  readonly recipient: string;
  readonly customerName: string;
  readonly locale: string;
}

/** Inviting a customer, and what can be done with an invitation. */
@Injectable({ providedIn: 'root' })
export class InvitationActs {
  readonly #requests = inject(StaffRequests);
  readonly #notice = inject(RefusalNotice);

  /** @returns also the id of the invitation, which is the act's own */
  async invite(
    sessionId: string,
    { channel, recipient, customerName, locale }: InvitationWish,
  ): Promise<{ readonly id: string; readonly answer: Answer<InviteCustomerMutation> }> {
    const id = commandId();
    const typed = Object.entries({ recipient, customerName }).filter(([, text]) => text.trim() !== '');
    const variables = { commandId: id, sessionId, channel, locale, ...Object.fromEntries(typed) };
    return { id, answer: await this.#requests.send(InviteCustomerDocument, variables) };
  }

  text(sessionId: string, invitationId: string): Promise<Answer<InvitationTextQuery>> {
    return this.#requests.ask(InvitationTextDocument, { sessionId, invitationId });
  }

  async resend(sessionId: string, invitationId: string): Promise<void> {
    const variables = { commandId: commandId(), sessionId, invitationId };
    this.#notice.say(await this.#requests.send(ResendInvitationDocument, variables));
  }

  async withdraw(sessionId: string, invitationId: string): Promise<void> {
    const variables = { commandId: commandId(), sessionId, invitationId };
    this.#notice.say(await this.#requests.send(WithdrawInvitationDocument, variables));
  }

  /** For those who may know: whether mail really goes out. */
  async mailIsCaught(): Promise<boolean> {
    const answer = await this.#requests.ask(MailKindDocument, {});
    return answer.ok && answer.data.mail.kind === 'development';
  }
}

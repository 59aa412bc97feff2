import { ChangeDetectionStrategy, Component, computed, inject, input, output } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import type { Invitation } from '@deskside/domain';
import { Icon, PersonName, Times, Writes, injectTexts, readable } from '@deskside/ui';
import type { OpenSession } from '../open-sessions/open-session';
import { channelIcons } from './channel-icons';
import { InvitationActs } from './invitation-acts';
import { invitationWords } from './invitation-words';

/** The session's invitations and how each stands, live; the newest first. */
@Component({
  selector: 'ds-invitation-list',
  imports: [Icon, MatButtonModule, PersonName, Writes],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './invitation-list.html',
  styleUrl: './invitation-list.scss',
})
export class InvitationList {
  readonly session = input.required<OpenSession>();
  /** Its text is to be shown again. */
  readonly show = output<Invitation>();

  protected readonly t = injectTexts();
  protected readonly acts = inject(InvitationActs);
  readonly #times = inject(Times);
  protected readonly rows = computed(() => {
    const session = this.session().session();
    const invitations = session.status === 'absent' ? [] : Object.values(session.invitations);
    return invitations.toReversed().map((invitation) => {
      const { sending, status, channel } = invitation;
      const open = status === 'open' && session.status === 'open';
      return {
        invitation,
        icon: channelIcons[channel],
        ...invitationWords(invitation, this.t, (at) => this.#times.clock(at)),
        reply: status === 'open' && sending.status === 'failed' ? readable(sending.serverReply) : null,
        mayResend: open && (sending.status === 'sent' || sending.status === 'failed'),
        mayShow: open && channel !== 'email',
        mayWithdraw: open,
      };
    });
  });
}

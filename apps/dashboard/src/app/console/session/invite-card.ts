import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { invitationChannels } from '@deskside/domain';
import { CurrentWriteRefusal, Icon, WriteRefusalLine, Writes, injectNow, injectTexts, stopwatch } from '@deskside/ui';
import { CopyButton } from '../../copying/copy-button';
import { SiteFacts } from '../../site-settings/site-facts';
import { channelIcons } from '../invitation/channel-icons';
import { InvitationList } from '../invitation/invitation-list';
import { Inviting } from '../invitation/inviting';
import type { OpenSession } from '../open-sessions/open-session';

/** The number and the address, large enough to be read out over the phone, and the three ways to invite. */
@Component({
  selector: 'ds-invite-card',
  imports: [CopyButton, Icon, InvitationList, MatButtonModule, WriteRefusalLine, Writes],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <h2>{{ t('console.invite.title') }}</h2>
    <dl>
      <dt>{{ t('console.invite.number') }}</dt>
      <dd class="number">{{ session().number() }}</dd>
      <dd><ds-copy-button look="filled" [text]="session().number()" [label]="t('console.invite.copyNumber')" /></dd>
      <dt>{{ t('console.invite.site') }}</dt>
      <dd class="site">{{ address() }}</dd>
      <dd><ds-copy-button [text]="address()" [label]="t('console.invite.copySite')" /></dd>
    </dl>
    <ds-write-refusal [words]="t('console.invite.closed')" />
    @if (writeRefusal() === null) {
      <p>{{ t('console.invite.how') }}</p>
      @if (left(); as time) {
        <p role="timer" aria-live="off">{{ t('console.invite.lapsesIn', { time }) }}</p>
      }
    }
    <h3>{{ t('console.invite.ways') }}</h3>
    <p class="ways">
      @for (way of ways; track way.channel) {
        <button matButton="outlined" type="button" dsWrites (click)="inviting.open(session(), way.channel)">
          <ds-icon [name]="way.icon" />{{ t('console.inviting.by.' + way.channel) }}
        </button>
      }
    </p>
    <ds-invitation-list [session]="session()" (show)="inviting.open(session(), $event.channel)" />
  `,
  styleUrl: './invite-card.scss',
})
export class InviteCard {
  readonly session = input.required<OpenSession>();
  readonly expiresAt = input.required<string | null>();

  protected readonly t = injectTexts();
  protected readonly inviting = inject(Inviting);
  protected readonly writeRefusal = inject(CurrentWriteRefusal).code;
  protected readonly ways = invitationChannels.map((channel) => ({ channel, icon: channelIcons[channel] }));
  readonly #site = inject(SiteFacts).site;
  readonly #now = injectNow(1_000);
  protected readonly address = computed(() => this.#site()?.customerUrl ?? '');
  protected readonly left = computed(() => {
    const at = this.expiresAt();
    return at === null ? null : stopwatch(new Date(at).getTime() - this.#now());
  });
}

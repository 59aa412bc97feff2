import { DOCUMENT, ChangeDetectionStrategy, Component, computed, inject, input, resource } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { parsePhone } from '@deskside/domain';
import { ErrorMessage, Icon, Skeleton, injectTexts, readable } from '@deskside/ui';
import { CopyButton } from '../../copying/copy-button';
import type { OpenSession } from '../open-sessions/open-session';
import { InvitationActs } from './invitation-acts';

/** What to read out, or the message to pass on, in the customer's language. */
@Component({
  selector: 'ds-invitation-script',
  imports: [CopyButton, ErrorMessage, Icon, MatButtonModule, Skeleton],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    @if (text.value(); as answer) {
      @if (answer.ok) {
        @let script = answer.data.invitationText;
        <h3>{{ t(script.link === null ? 'console.inviting.readOut' : 'console.inviting.message') }}</h3>
        <blockquote [lang]="locale()" tabindex="0">{{ script.text }}</blockquote>
        @if (script.link === null) {
          <dl>
            <dt>{{ t('console.invite.number') }}</dt>
            <dd class="number">{{ script.number }}</dd>
            <dt>{{ t('console.invite.site') }}</dt>
            <dd dir="ltr">{{ script.spokenAddress }}</dd>
          </dl>
          @if (tel(); as href) {
            <a matButton="outlined" [href]="href"><ds-icon name="phone" />{{ t('console.inviting.call') }}</a>
          }
        } @else {
          <p class="buttons">
            <ds-copy-button look="filled" [text]="script.text" [label]="t('console.inviting.copyText')" />
            <ds-copy-button [text]="script.link" [label]="t('console.inviting.copyLink')" />
            @if (canShare) {
              <button matButton="outlined" type="button" (click)="share(script.text)">
                <ds-icon name="share" />{{ t('console.inviting.share') }}
              </button>
            }
          </p>
        }
      } @else {
        <ds-error [failure]="answer.failure" />
      }
    } @else {
      <ds-skeleton [lines]="3" />
    }
  `,
  styles: `
    :host {
      display: flex;
      flex-direction: column;
      gap: 8px;
      padding: 12px 14px;
      border: 1px solid var(--ds-line);
      border-radius: var(--ds-radius);
      background: var(--ds-surface-2);
      color: var(--ds-text);
    }
    h3 {
      font-size: var(--ds-small);
      font-weight: var(--ds-weight-strong);
    }
    blockquote {
      max-height: 220px;
      margin: 0;
      overflow: auto;
      font-size: var(--ds-large);
      line-height: 1.5;
      white-space: pre-wrap;
      overflow-wrap: anywhere;
    }
    // Chinese faces set the marks of other languages apart.
    blockquote:not(:lang(zh)) {
      font-family: var(--ds-font-latin);
    }
    dl {
      display: grid;
      grid-template-columns: max-content 1fr;
      align-items: baseline;
      gap: 2px 14px;
    }
    dt {
      color: var(--ds-text-2);
      font-size: var(--ds-small);
    }
    .number {
      font-size: var(--ds-title);
      font-weight: var(--ds-weight-strong);
    }
    .buttons {
      display: flex;
      flex-wrap: wrap;
      gap: 8px;
    }
    a {
      align-self: start;
    }
  `,
})
export class InvitationScript {
  readonly session = input.required<OpenSession>();
  readonly invitationId = input.required<string>();

  protected readonly t = injectTexts();
  readonly #acts = inject(InvitationActs);
  readonly #navigator = inject(DOCUMENT).defaultView?.navigator;
  protected readonly canShare = typeof this.#navigator?.share === 'function';
  protected readonly text = resource({
    params: () => ({ sessionId: this.session().id, id: this.invitationId() }),
    loader: ({ params }) => this.#acts.text(params.sessionId, params.id),
  });
  readonly #invitation = computed(() => {
    const session = this.session().session();
    return session.status === 'absent' ? undefined : session.invitations[this.invitationId()];
  });
  protected readonly locale = computed(() => this.#invitation()?.locale ?? '');
  /** Opens the telephone of this device, where it has one. */
  protected readonly tel = computed(() => {
    const number = readable(this.#invitation()?.recipient);
    const parsed = number === null ? null : parsePhone(number);
    return parsed?.ok ? `tel:${parsed.phone}` : null;
  });

  /** Closing the system's sheet is no mistake. */
  protected async share(text: string): Promise<void> {
    await this.#navigator?.share({ text }).catch(() => undefined);
  }
}

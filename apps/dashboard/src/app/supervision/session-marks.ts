import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';
import { Icon, Stopwatch, injectTexts } from '@deskside/ui';
import type { SessionNow } from './sessions-now';

/** What is going on in a session, in words: what is shared and since when, who talks, who dropped out, who complained. */
@Component({
  selector: 'ds-session-marks',
  imports: [Icon, Stopwatch],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    @for (what of session().shared; track what) {
      <span class="shared">
        {{ sharedAs(what) }}
        @if (session().sharedSince; as since) {
          · <ds-stopwatch [since]="since" />
        }
      </span>
    } @empty {
      <span class="none">{{ t('supervision.nothingShared') }}</span>
    }
    @if (session().talking > 0) {
      <span class="mark"><ds-icon name="console" />{{ t('supervision.talking', { count: session().talking }) }}</span>
    }
    @if (session().customerPresence === 'away') {
      <span class="mark warn"><ds-icon name="disconnected" />{{ t('supervision.away') }}</span>
    }
    @if (session().reported) {
      <span class="mark warn"><ds-icon name="warning" />{{ t('supervision.reported') }}</span>
    }
  `,
  styles: `
    :host {
      display: flex;
      flex-wrap: wrap;
      gap: 4px 8px;
      align-items: center;
    }
    span {
      display: inline-flex;
      align-items: center;
      gap: 4px;
    }
    .shared,
    .mark {
      padding: 0 8px;
      border-radius: 999px;
      font-size: var(--ds-small);
      --ds-icon-size: 14px;
    }
    .shared {
      background: var(--ds-shared-soft);
      color: var(--ds-shared);
      font-weight: var(--ds-weight-strong);
    }
    .mark {
      background: var(--ds-surface-2);
      color: var(--ds-text-2);
    }
    .warn {
      background: var(--ds-warn-soft);
      color: var(--ds-warn);
    }
    .none {
      color: var(--ds-text-3);
    }
  `,
})
export class SessionMarks {
  readonly session = input.required<SessionNow>();

  protected readonly t = injectTexts();
  readonly #names = computed<Readonly<Record<string, string>>>(() => ({
    'desktop/view': this.t('supervision.shared.desktopView'),
  }));

  /** A capability that a newer server knows is named as it stands in the log. */
  protected sharedAs(what: string): string {
    return this.#names()[what] ?? what;
  }
}

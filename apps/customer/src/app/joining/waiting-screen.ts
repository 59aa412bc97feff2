import { ChangeDetectionStrategy, Component, inject, input, signal } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { formatSessionNumber } from '@deskside/domain';
import { ErrorMessage, Stopwatch, WriteRefusalLine, Writes, injectTexts } from '@deskside/ui';
import type { Failure } from '@deskside/ui';
import { PageHeader } from '../page/page-header';
import { ScreenHeading } from '../page/screen-heading';
import { CustomerSession } from '../session/customer-session';

/** A further person with the number waits until the representative answers. */
@Component({
  selector: 'ds-waiting-screen',
  imports: [ErrorMessage, MatButtonModule, PageHeader, ScreenHeading, Stopwatch, WriteRefusalLine, Writes],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <ds-page-header [number]="session.place.number" />
    <main class="screen">
      <section class="card">
        <h1 dsScreenHeading>{{ t('waiting.title') }}</h1>
        <p>{{ t('waiting.explain', { number: format(session.place.number) }) }}</p>
        <p class="since">{{ t('waiting.since') }} <ds-stopwatch [since]="since()" /></p>
        <ds-write-refusal [words]="t('closed.waiting')" />
        <ds-error [failure]="failure()" />
        <div class="acts">
          <button
            matButton="outlined"
            type="button"
            dsWrites
            [disabled]="withdrawing()"
            disabledInteractive
            (click)="withdraw()"
          >
            {{ t('waiting.withdraw') }}
          </button>
        </div>
      </section>
    </main>
  `,
  styleUrl: '../page/screen.scss',
  styles: `
    .card {
      gap: 14px;
    }
    .since {
      color: var(--ds-text-2);
    }
  `,
})
export class WaitingScreen {
  readonly since = input.required<string>();

  protected readonly t = injectTexts();
  protected readonly session = inject(CustomerSession);
  protected readonly format = formatSessionNumber;
  protected readonly withdrawing = signal(false);
  protected readonly failure = signal<Failure | null>(null);

  protected async withdraw(): Promise<void> {
    if (this.withdrawing()) return;
    this.withdrawing.set(true);
    const answer = await this.session.withdraw();
    this.withdrawing.set(false);
    this.failure.set(answer.ok ? null : answer.failure);
  }
}

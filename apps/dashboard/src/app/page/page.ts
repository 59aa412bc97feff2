import { ChangeDetectionStrategy, Component, input } from '@angular/core';

/** The frame of a page: its title, the one question that it answers, its main buttons (`pageActions`), the content. */
@Component({
  selector: 'ds-page',
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <header>
      <div class="title">
        <h1>{{ heading() }}</h1>
        @if (question(); as text) {
          <p>{{ text }}</p>
        }
      </div>
      <ng-content select="[pageActions]" />
    </header>
    <ng-content />
  `,
  styles: `
    :host {
      display: flex;
      flex-direction: column;
      gap: 16px;
      width: min(1120px, 100%);
      margin-inline: auto;
      padding: 24px 16px 48px;
    }
    header {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: 8px 16px;
    }
    .title {
      flex: 1 1 260px;
    }
    h1 {
      font-size: var(--ds-title);
      font-weight: var(--ds-weight-strong);
    }
    p {
      color: var(--ds-text-2);
    }
  `,
})
export class Page {
  readonly heading = input.required<string>();
  readonly question = input<string>();
}

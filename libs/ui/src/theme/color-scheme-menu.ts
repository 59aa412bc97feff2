import { ChangeDetectionStrategy, Component, inject } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { MatMenuModule } from '@angular/material/menu';
import { Icon } from '../icons/icon';
import { injectTexts } from '../localization/texts';
import { ColorScheme, colorSchemes } from './color-scheme';

/** Light, dark, or as the system. */
@Component({
  selector: 'ds-color-scheme-menu',
  imports: [Icon, MatButtonModule, MatMenuModule],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <button
      matButton
      type="button"
      class="opener"
      [matMenuTriggerFor]="menu"
      [attr.aria-label]="t('colorScheme.title')"
      [title]="t('colorScheme.title')"
    >
      <ds-icon name="color-scheme" />
    </button>
    <mat-menu #menu="matMenu">
      @for (name of names; track name) {
        <button
          mat-menu-item
          type="button"
          role="menuitemradio"
          [attr.aria-checked]="name === scheme.chosen()"
          (click)="scheme.use(name)"
        >
          <span class="mark">
            @if (name === scheme.chosen()) {
              <ds-icon name="check" />
            }
          </span>
          {{ t('colorScheme.' + name) }}
        </button>
      }
    </mat-menu>
  `,
  styleUrl: './menu.scss',
})
export class ColorSchemeMenu {
  protected readonly t = injectTexts();
  protected readonly scheme = inject(ColorScheme);
  protected readonly names = colorSchemes;
}

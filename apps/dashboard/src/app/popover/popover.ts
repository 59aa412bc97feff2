import { OverlayModule } from '@angular/cdk/overlay';
import type { ConnectedPosition } from '@angular/cdk/overlay';
import { A11yModule } from '@angular/cdk/a11y';
import { ChangeDetectionStrategy, Component, TemplateRef, contentChild, input, signal } from '@angular/core';
import { NgTemplateOutlet } from '@angular/common';

const positions: ConnectedPosition[] = [
  { originX: 'start', originY: 'bottom', overlayX: 'start', overlayY: 'top', offsetY: 4 },
  { originX: 'end', originY: 'bottom', overlayX: 'end', overlayY: 'top', offsetY: 4 },
  { originX: 'start', originY: 'top', overlayX: 'start', overlayY: 'bottom', offsetY: -4 },
];

let count = 0;

/**
 * A button that opens a small panel below it, by mouse and by key; Escape or a press elsewhere closes it and gives the
 * focus back. What stands between the tags is the button's face, an `<ng-template>` in it is the panel.
 */
@Component({
  selector: 'ds-popover',
  imports: [A11yModule, NgTemplateOutlet, OverlayModule],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <button
      #origin="cdkOverlayOrigin"
      cdkOverlayOrigin
      type="button"
      [class]="look()"
      aria-haspopup="dialog"
      [attr.aria-expanded]="open()"
      [attr.aria-controls]="open() ? id : null"
      (click)="open.set(!open())"
    >
      <ng-content />
    </button>
    <ng-template
      cdkConnectedOverlay
      cdkConnectedOverlayHasBackdrop
      cdkConnectedOverlayPush
      cdkConnectedOverlayBackdropClass="cdk-overlay-transparent-backdrop"
      [cdkConnectedOverlayViewportMargin]="8"
      [cdkConnectedOverlayOrigin]="origin"
      [cdkConnectedOverlayOpen]="open()"
      [cdkConnectedOverlayPositions]="positions"
      (backdropClick)="open.set(false)"
      (detach)="open.set(false)"
      (overlayKeydown)="closeByKey($event)"
    >
      <div
        class="panel"
        role="dialog"
        tabindex="-1"
        cdkTrapFocus
        cdkTrapFocusAutoCapture
        [id]="id"
        [attr.aria-label]="label()"
      >
        @if (content(); as template) {
          <ng-container [ngTemplateOutlet]="template" />
        }
      </div>
    </ng-template>
  `,
  styleUrl: './popover.scss',
})
export class Popover {
  /** Name of the panel for a screen reader. */
  readonly label = input.required<string>();
  /** `word`: a dotted line below the word; `field`: like something to choose from. */
  readonly look = input<'word' | 'field'>('word');

  protected readonly id = `ds-popover-${++count}`;
  protected readonly content = contentChild(TemplateRef);
  protected readonly open = signal(false);
  protected readonly positions = positions;

  protected closeByKey(press: KeyboardEvent): void {
    if (press.key !== 'Escape') return;
    press.preventDefault();
    this.open.set(false);
  }
}

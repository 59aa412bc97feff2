import { ChangeDetectionStrategy, Component } from '@angular/core';
import { RouterOutlet } from '@angular/router';
import { ConnectionBar, followWriteRefusal } from '@deskside/ui';
import { WriteRefusalDocument } from '../generated/graphql';

/** The whole window: what is said of the connection stands above every page, and the page has the rest. */
@Component({
  selector: 'ds-root',
  imports: [ConnectionBar, RouterOutlet],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <ds-connection-bar />
    <div class="page"><router-outlet /></div>
  `,
  styles: `
    :host {
      display: flex;
      flex-direction: column;
      height: 100dvh;
    }
    .page {
      flex: 1;
      min-height: 0;
      overflow: auto;
    }
  `,
})
export class App {
  constructor() {
    followWriteRefusal(WriteRefusalDocument);
  }
}

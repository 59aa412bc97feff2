import { ChangeDetectionStrategy, Component } from '@angular/core';
import { RouterOutlet } from '@angular/router';
import { ConnectionBar } from '@deskside/ui';

@Component({
  selector: 'ds-root',
  imports: [ConnectionBar, RouterOutlet],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `<ds-connection-bar /><router-outlet />`,
})
export class App {}

import { Injectable, inject } from '@angular/core';
import { MatDialog } from '@angular/material/dialog';
import type { InvitationChannel } from '@deskside/domain';
import type { OpenSession } from '../open-sessions/open-session';
import type { InviteCustomerData } from './invite-customer-dialog';

/** Opens the dialog of the three ways to invite; from the tab, the stage, the palette and the key. */
@Injectable({ providedIn: 'root' })
export class Inviting {
  readonly #dialogs = inject(MatDialog);

  async open(session: OpenSession, channel: InvitationChannel = 'email'): Promise<void> {
    const { InviteCustomerDialog } = await import('./invite-customer-dialog');
    this.#dialogs.open<unknown, InviteCustomerData>(InviteCustomerDialog, {
      data: { session, channel },
      width: '600px',
      autoFocus: '.first-focus input, .first-focus',
    });
  }
}

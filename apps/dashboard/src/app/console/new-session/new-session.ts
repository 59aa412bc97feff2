import { Injectable, inject } from '@angular/core';
import { MatDialog } from '@angular/material/dialog';
import { SignedInPerson } from '../../sign-in/signed-in-person';
import { NewSessionDialog } from './new-session-dialog';

/** Asks what a new session is about and starts it; from the button, the palette and the key. */
@Injectable({ providedIn: 'root' })
export class NewSession {
  readonly #dialogs = inject(MatDialog);
  readonly #person = inject(SignedInPerson);

  ask(): void {
    if (this.#person.may('session.start')) this.#dialogs.open(NewSessionDialog);
  }
}

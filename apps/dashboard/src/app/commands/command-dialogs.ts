import { Injectable, inject } from '@angular/core';
import { MatDialog } from '@angular/material/dialog';
import { CommandPalette } from './command-palette';
import { KeyList } from './key-list';

/** Opens the palette and the list of keys. */
@Injectable({ providedIn: 'root' })
export class CommandDialogs {
  readonly #dialogs = inject(MatDialog);

  openPalette(): void {
    this.#dialogs.open(CommandPalette, { width: '560px', position: { top: '12vh' } });
  }

  openKeys(): void {
    this.#dialogs.open(KeyList);
  }
}

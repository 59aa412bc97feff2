import { Injectable, inject } from '@angular/core';
import { MatDialog } from '@angular/material/dialog';
import { firstValueFrom } from 'rxjs';
import { EraseDialog } from './erase-dialog';
import type { ToErase } from './erase-dialog';

/** Asks, shows what it will reach, and erases. True once the person is erased. */
@Injectable({ providedIn: 'root' })
export class ErasureDialogs {
  readonly #dialogs = inject(MatDialog);

  async askToErase(data: ToErase): Promise<boolean> {
    const dialog = this.#dialogs.open<EraseDialog, ToErase, boolean>(EraseDialog, { data, width: '540px' });
    return (await firstValueFrom(dialog.afterClosed())) ?? false;
  }
}

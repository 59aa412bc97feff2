import {
  ChangeDetectionStrategy,
  Component,
  ElementRef,
  computed,
  inject,
  linkedSignal,
  signal,
  viewChildren,
} from '@angular/core';
import { MatDialogModule, MatDialogRef } from '@angular/material/dialog';
import { injectTexts } from '@deskside/ui';
import { Commands } from './commands';
import type { Command } from './commands';
import { comboOf } from './key-combo';
import { KeyCaps } from './key-caps';
import { matching } from './matching';

/** Ctrl-K: every command by typing a part of its name (ARIA's combobox with a list). */
@Component({
  selector: 'ds-command-palette',
  imports: [KeyCaps, MatDialogModule],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './command-palette.html',
  styleUrl: './command-palette.scss',
})
export class CommandPalette {
  protected readonly t = injectTexts();
  readonly #dialog = inject<MatDialogRef<CommandPalette>>(MatDialogRef);
  readonly #commands = inject(Commands);
  protected readonly typed = signal('');
  protected readonly found = computed(() => matching(this.#commands.all(), this.typed()));
  protected readonly chosen = linkedSignal({ source: this.typed, computation: () => 0 });
  protected readonly options = viewChildren<ElementRef<HTMLElement>>('option');

  protected whyNot({ writes }: Command): string | null {
    return writes === true ? this.#commands.writeRefusal() : null;
  }

  protected choose(event: KeyboardEvent): void {
    const combo = comboOf(event);
    const count = this.found().length;
    const step = { ArrowDown: 1, ArrowUp: -1 }[combo ?? ''];
    if (step !== undefined && count > 0) this.#moveTo((this.chosen() + step + count) % count);
    else if (combo === 'Enter') this.run(this.found()[this.chosen()]);
    else return;
    event.preventDefault();
  }

  protected run(command: Command | undefined): void {
    if (command === undefined || this.whyNot(command) !== null) return;
    // The command may open a dialog or move the focus: the palette is gone first.
    this.#dialog.afterClosed().subscribe(() => this.#commands.run(command));
    this.#dialog.close();
  }

  #moveTo(index: number): void {
    this.chosen.set(index);
    this.options()[index]?.nativeElement.scrollIntoView({ block: 'nearest' });
  }
}

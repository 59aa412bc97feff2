import { DOCUMENT, DestroyRef, Injectable, inject, signal } from '@angular/core';
import { MatDialog } from '@angular/material/dialog';
import { rememberedText } from '@deskside/ui';
import { RefusalNotice } from '../refusals/refusal-notice';
import { Commands } from './commands';
import type { Command } from './commands';
import { comboOf, isModified, isPressedBySpace, isSingleCharacter, isTextField } from './key-combo';

/** Listens for the keys of the commands on offer. */
@Injectable({ providedIn: 'root' })
export class Shortcuts {
  readonly #commands = inject(Commands);
  readonly #dialogs = inject(MatDialog);
  readonly #notice = inject(RefusalNotice);
  readonly #document = inject(DOCUMENT);
  readonly #remembered = rememberedText('deskside.single-letters');
  readonly #lettersOn = signal(this.#remembered.read() !== 'off');

  /** False when the person switched single letters off. */
  readonly lettersOn = this.#lettersOn.asReadonly();

  switchLetters(on: boolean): void {
    this.#remembered.write(on ? 'on' : 'off');
    this.#lettersOn.set(on);
  }

  listen(until: DestroyRef): void {
    const act = (event: KeyboardEvent): void => this.#act(event);
    this.#document.addEventListener('keydown', act);
    until.onDestroy(() => this.#document.removeEventListener('keydown', act));
  }

  #act(event: KeyboardEvent): void {
    if (event.defaultPrevented || this.#dialogs.openDialogs.length > 0) return;
    const combo = comboOf(event);
    if (combo === null || this.#isOff(combo, event.target)) return;
    const command = this.#commands.all().find((candidate) => candidate.combo === combo);
    if (command === undefined || (event.repeat && !command.repeats)) return;
    event.preventDefault();
    this.#run(command);
  }

  #run(command: Command): void {
    if (!this.#commands.run(command)) this.#notice.sayWriteRefusal();
  }

  #isOff(combo: string, target: EventTarget | null): boolean {
    if (isModified(combo)) return false;
    if (combo === ' ' && isPressedBySpace(target)) return true;
    return isTextField(target) || (isSingleCharacter(combo) && !this.#lettersOn());
  }
}

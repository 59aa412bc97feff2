import { Command, CommandHandler } from '@nestjs/cqrs';
import type { ICommandHandler } from '@nestjs/cqrs';
import { parseNoteText, UnsealedText } from '@deskside/domain';
import * as v from 'valibot';
import { AccessJournal } from '../access/access-journal';
import type { StaffCaller } from '../command-path/caller';
import type { Handled } from '../command-path/command-path';
import { streamOf } from '../command-path/derived-id';
import { inputId, readInput } from '../command-path/input';
import type { Outcome } from '../command-path/outcome';
import { Sessions } from '../support-session/sessions';

/** One version of a note; `basedOn` is the version that its writer had before him, 0 for a new note. */
export class SaveNote extends Command<Outcome<Handled<unknown>>> {
  constructor(
    readonly caller: StaffCaller,
    readonly commandId: string,
    readonly sessionId: string,
    readonly note: { readonly noteId: string; readonly basedOn: number; readonly text: string },
  ) {
    super();
  }
}

const noteInput = v.object({
  noteId: inputId,
  basedOn: v.pipe(v.number(), v.integer(), v.minValue(0)),
  text: v.string(),
});

@CommandHandler(SaveNote)
export class SaveNoteHandler implements ICommandHandler<SaveNote> {
  constructor(
    private readonly journal: AccessJournal,
    private readonly sessions: Sessions,
  ) {}

  async execute(command: SaveNote): Promise<Outcome<Handled<unknown>>> {
    const denied = await this.journal.authorise(command.caller, 'session.serve', 'SaveNote');
    if (denied) return denied;
    const input = readInput(noteInput, command.note, 'note');
    if (!input.ok) return input;
    const { noteId, basedOn, text: typed } = input.value;
    const parsed = parseNoteText(typed);
    if (!parsed.ok) return parsed;
    const subject = streamOf('supportSession', command.sessionId);
    const text = new UnsealedText(parsed.text, { subject, class: 'content' });
    return this.sessions.handleAsFormerRepresentative(command, (by) => ({
      type: 'SaveNote',
      payload: { noteId, basedOn, by, text },
    }));
  }
}

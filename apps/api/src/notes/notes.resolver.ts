import { Inject } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { Args, Context, Mutation, Resolver } from '@nestjs/graphql';
import { answer } from '../command-path/outcome';
import type { MutationSaveNoteArgs, Receipt } from '../graphql/generated/staff';
import { signedIn } from '../graphql/staff-context';
import type { StaffContext } from '../graphql/staff-context';
import { SaveNote } from './notes.handlers';

@Resolver()
export class NotesResolver {
  constructor(@Inject(CommandBus) private readonly bus: CommandBus) {}

  @Mutation('saveNote')
  async saveNote(
    @Context() context: StaffContext,
    @Args() { commandId, sessionId, noteId, basedOn, text }: MutationSaveNoteArgs,
  ): Promise<Receipt> {
    const note = { noteId, basedOn, text };
    return answer(await this.bus.execute(new SaveNote(signedIn(context), commandId, sessionId, note)));
  }
}

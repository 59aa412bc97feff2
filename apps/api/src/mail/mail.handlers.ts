import { Inject } from '@nestjs/common';
import { Command, CommandHandler } from '@nestjs/cqrs';
import type { ICommandHandler } from '@nestjs/cqrs';
import { parseEmail } from '@deskside/domain';
import type { MailOutcome } from '@deskside/mail';
import type { StaffCaller } from '../command-path/caller';
import { isCommandId } from '../command-path/command-id';
import { streamOf } from '../command-path/derived-id';
import { done, refused } from '../command-path/outcome';
import type { Outcome } from '../command-path/outcome';
import { sentence } from '../invitation/texts';
import { NODE } from '../node/deskside-node';
import type { DesksideNode } from '../node/deskside-node';

/** Tries the mail server of this site out. */
export class SendTestMail extends Command<Outcome<MailOutcome>> {
  constructor(
    readonly caller: StaffCaller,
    readonly commandId: string,
    readonly to: string,
  ) {
    super();
  }
}

@CommandHandler(SendTestMail)
export class SendTestMailHandler implements ICommandHandler<SendTestMail> {
  constructor(@Inject(NODE) private readonly node: DesksideNode) {}

  async execute({ caller, commandId, to }: SendTestMail): Promise<Outcome<MailOutcome>> {
    const { journal, mail, site } = this.node;
    const denied = await journal.authorise(caller, 'mail.manage', 'SendTestMail');
    if (denied) return denied;
    if (!isCommandId(commandId)) return refused('COMMAND_ID_INVALID');
    const parsed = parseEmail(to);
    if (!parsed.ok) return parsed;
    const { name: company, defaultLocale: locale } = await site.settings();
    const outcome = await mail.send({
      ...{ id: `test.${commandId}`, owner: streamOf('representative', caller.accountId), to: parsed.email, locale },
      subject: sentence(locale, 'testSubject', { company }),
      text: `${sentence(locale, 'testText', { company })}\n`,
    });
    await journal.record({ type: 'TestMailSent', payload: { accepted: outcome.ok } }, caller, commandId);
    return done(outcome);
  }
}

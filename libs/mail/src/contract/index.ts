export { mailContract } from './mail-contract';
export type { MailHarness, OpenMailHarness, ReceivedMail } from './mail-harness';
export { SmtpTestServer } from './smtp-test-server';
export type { SmtpBehaviour } from './smtp-test-server';

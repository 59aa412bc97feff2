import { formatSessionNumber } from '@deskside/domain';
import type { InvitationChannel, InvitationLocale } from '@deskside/domain';
import { sentence } from './texts';
import type { TextKey } from './texts';

/** What an invitation says, opened for its reader. */
export interface InvitationFacts {
  readonly channel: InvitationChannel;
  readonly locale: InvitationLocale;
  readonly representative: string;
  readonly company: string;
  readonly customerName: string | null;
  readonly subject: string | null;
  /** Nine digits. */
  readonly number: string;
  /** Origin of the customer's page, without a trailing slash. */
  readonly origin: string;
  /** Secret of the link. */
  readonly token: string;
}

export interface InvitationText {
  /** Null for the telephone: nobody dictates it. */
  readonly link: string | null;
  readonly spokenAddress: string;
  readonly number: string;
  readonly subject: string;
  readonly text: string;
}

export function invitationText(facts: InvitationFacts): InvitationText {
  const { channel, number } = facts;
  const spokenAddress = spoken(facts.origin);
  const shared = { spokenAddress, number: formatSessionNumber(number) };
  const say = sayer(facts);
  switch (channel) {
    case 'email':
      return { ...shared, link: linkOf(facts), subject: say('mailSubject'), text: mailText(facts) };
    case 'instantMessage':
      return { ...shared, link: linkOf(facts), subject: say('messageSubject'), text: messageText(facts) };
    case 'phone':
      return { ...shared, link: null, subject: say('phoneSubject'), text: phoneText(facts) };
  }
}

/** The same as the mail's text, as a page of a mail program. Everything that somebody typed is escaped. */
export function invitationHtml(facts: InvitationFacts): string {
  const say = sayer(facts);
  const paragraph = (text: string): string => `<p style="margin:0 0 1em">${escaped(text)}</p>`;
  const button =
    `<p style="margin:0 0 1em"><a href="${escaped(linkOf(facts))}" style="display:inline-block;padding:12px 20px;` +
    `background:#1b5e9e;color:#ffffff;border-radius:6px;text-decoration:none">${escaped(say('pressButton'))}</a></p>`;
  const before = [greeting(facts), ...opening(facts)].map(paragraph).join('\n');
  const after = [say('orType'), say('agreeFirst'), say('ignore')].map(paragraph).join('\n');
  const important = `<p style="margin:0 0 1em"><strong>${escaped(say('brake'))}</strong></p>`;
  return [
    '<!doctype html>',
    `<html lang="${facts.locale}"><head><meta charset="utf-8"><title>${escaped(say('mailSubject'))}</title></head>`,
    '<body style="font-family:system-ui,sans-serif;font-size:16px;line-height:1.5;color:#1a1c1e;max-width:36em">',
    ...[before, important, paragraph(say('press')), button, after],
    '</body></html>',
  ].join('\n');
}

function mailText(facts: InvitationFacts): string {
  const say = sayer(facts);
  const paragraphs = [greeting(facts), opening(facts).join('\n'), say('brake'), `${say('press')}\n${linkOf(facts)}`];
  return `${[...paragraphs, say('orType'), say('agreeFirst'), say('ignore')].join('\n\n')}\n`;
}

function messageText(facts: InvitationFacts): string {
  const say = sayer(facts);
  return [...opening(facts), say('brake'), `${say('press')}\n${linkOf(facts)}`, say('orType')].join('\n');
}

function phoneText(facts: InvitationFacts): string {
  const say = sayer(facts);
  return [...opening(facts), say('phoneAddress'), say('phoneNumber'), say('agreeFirst')].join('\n');
}

function opening(facts: InvitationFacts): readonly string[] {
  const say = sayer(facts);
  return facts.subject === null ? [say('asks')] : [say('asks'), say('why')];
}

function greeting({ locale, customerName }: InvitationFacts): string {
  if (customerName === null) return sentence(locale, 'greetingWithoutName');
  return sentence(locale, 'greeting', { name: customerName });
}

function sayer({
  locale,
  representative,
  company,
  subject,
  number,
  origin,
}: InvitationFacts): (key: TextKey) => string {
  const values = { representative, company, subject: subject ?? '', number: formatSessionNumber(number) };
  return (key) => sentence(locale, key, { ...values, address: spoken(origin) });
}

/** The customer's page takes the secret out of its address bar after reading it. */
export function linkOf({ origin, token, locale }: Pick<InvitationFacts, 'origin' | 'token' | 'locale'>): string {
  return `${origin}/?invitation=${token}&lang=${locale}`;
}

/** The address as one says it. */
function spoken(origin: string): string {
  return origin.replace(/^https?:\/\//, '');
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}

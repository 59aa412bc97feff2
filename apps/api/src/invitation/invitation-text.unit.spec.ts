import { describe, expect, it } from '@jest/globals';
import { invitationChannels, invitationLocales } from '@deskside/domain';
import { invitationHtml, invitationText } from './invitation-text';
import type { InvitationFacts } from './invitation-text';

const facts: InvitationFacts = {
  channel: 'email',
  locale: 'en',
  representative: 'Mira Petrović',
  company: 'Example & Sons',
  customerName: 'Ana',
  subject: 'The printer',
  number: '482913057',
  origin: 'https://support.example.com',
  token: 'T'.repeat(64),
};
const hostile = `{name, plural} <a href="javascript:x">'"&</a>`;
const cells = invitationChannels.flatMap((channel) => invitationLocales.map((locale) => ({ channel, locale })));

describe('what an invitation says', () => {
  it.each(cells)('by $channel in $locale has everything in it, and nothing that was not filled in', (cell) => {
    const { link, text, subject, number, spokenAddress } = invitationText({ ...facts, ...cell });
    expect(text).toContain('Mira Petrović');
    expect(text).toContain('Example & Sons');
    expect(text).toContain('The printer');
    expect(text).toContain('482 913 057');
    expect(text).toContain('support.example.com');
    expect([number, spokenAddress]).toEqual(['482 913 057', 'support.example.com']);
    expect(`${subject}\n${text}`).not.toMatch(/[{}]|undefined|null/);
    expect(link === null).toBe(cell.channel === 'phone');
    expect(text.includes(facts.token)).toBe(cell.channel !== 'phone');
  });

  it.each(invitationLocales)('in %s goes without a name and a subject that nobody gave', (locale) => {
    const { text } = invitationText({ ...facts, locale, customerName: null, subject: null });
    expect(text).not.toContain('Ana');
    expect(text.split('\n').filter((line) => /[:：]\s*$/.test(line)).length).toBeLessThanOrEqual(2);
  });

  it('leads to the page in its language', () => {
    expect(invitationText({ ...facts, locale: 'sr-Cyrl' }).link).toBe(
      `https://support.example.com/?invitation=${facts.token}&lang=sr-Cyrl`,
    );
  });

  it('takes what somebody typed as it is', () => {
    const { text } = invitationText({ ...facts, customerName: hostile, representative: hostile, subject: hostile });
    expect(text.split(hostile)).toHaveLength(4);
  });

  it.each(invitationLocales)('as a page in %s has no mark-up but its own', (locale) => {
    const html = invitationHtml({ ...facts, locale, customerName: hostile, representative: hostile, company: hostile });
    const tags = new Set([...html.matchAll(/<\/?(\w+)/g)].map(([, tag]) => tag));
    expect([...tags].sort()).toEqual(['a', 'body', 'head', 'html', 'meta', 'p', 'strong', 'title']);
    expect([...html.matchAll(/href="([^"]*)"/g)].map(([, href]) => href)).toEqual([
      `https://support.example.com/?invitation=${facts.token}&amp;lang=${locale}`,
    ]);
    expect(html).toContain('&lt;a href=&quot;javascript:x&quot;&gt;&#39;&quot;&amp;&lt;/a&gt;');
  });
});

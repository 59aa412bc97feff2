import { describe, expect, it } from '@jest/globals';
import { parseSubject, parseTicket, subjectLimit, ticketLimit } from './session-texts';

describe('subject and ticket of a session', () => {
  it('are one line, in NFC, with single spaces', () => {
    expect(parseSubject('  Printer\r\n\tdoes  not e\u0301tc\u2028 ')).toEqual({
      ok: true,
      subject: 'Printer does not \u00e9tc',
    });
    expect(parseTicket(' INC-1 ')).toEqual({ ok: true, ticket: 'INC-1' });
  });

  it.each(['', '   ', '\n\t', '\0'])('are none when nothing was typed: %j', (typed) => {
    expect(parseSubject(typed)).toEqual({ ok: true, subject: null });
    expect(parseTicket(typed)).toEqual({ ok: true, ticket: null });
  });

  it('keep HTML as text and right-to-left marks', () => {
    expect(parseSubject('<b>\u200f\u05d3\u05d5\u05d3</b>')).toEqual({
      ok: true,
      subject: '<b>\u200f\u05d3\u05d5\u05d3</b>',
    });
  });

  it('count code points, surrogate pairs once', () => {
    expect(parseSubject('\u{1f600}'.repeat(subjectLimit))).toMatchObject({ ok: true });
    expect(parseTicket('\u{1f600}'.repeat(ticketLimit))).toMatchObject({ ok: true });
  });

  it('are refused one code point longer, with the limit', () => {
    expect(parseSubject('x'.repeat(subjectLimit + 1))).toEqual({
      ok: false,
      refusal: { code: 'SUBJECT_TOO_LONG', details: { limit: 200 } },
    });
    expect(parseTicket('x'.repeat(ticketLimit + 1))).toEqual({
      ok: false,
      refusal: { code: 'TICKET_TOO_LONG', details: { limit: 60 } },
    });
  });

  it('can be kept as UTF-8: a lone surrogate is replaced', () => {
    expect(parseSubject('a\ud800b')).toEqual({ ok: true, subject: 'a\ufffdb' });
  });
});

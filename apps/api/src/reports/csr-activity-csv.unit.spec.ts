import { describe, expect, it } from '@jest/globals';
import type { CsrActivityNote, CsrActivityReport, CsrActivityRow } from '../graphql/generated/staff';
import type { Locale } from '../site/locales';
import { csrActivityCsv } from './csr-activity-csv';
import { csvWords } from './csv-words';

const none = { count: 0, total: null, average: null, shortest: null, longest: null, median: null };
const some = { count: 2, total: 3120.5, average: 1560.25, shortest: 12, longest: 3108.5, median: 12.5 };

function row(name: string | null, more: Partial<CsrActivityRow> = {}): CsrActivityRow {
  return {
    ...{ representativeId: 'r', name: { text: name, erased: name === null }, sessions: 0, inSession: 0 },
    ...{ timeInSession: none, firstResponse: none, consentsAsked: 0, consentsGranted: 0, grantRate: null, notes: [] },
    ...more,
  };
}

function note(text: string | null, savedAt = '2026-11-20T13:03:05.678Z'): CsrActivityNote {
  return {
    ...{ sessionId: 's', number: '482913057', noteId: 'n', version: 1, savedAt },
    text: { text, erased: text === null },
  };
}

function report(rows: readonly CsrActivityRow[], more: Partial<CsrActivityReport> = {}): CsrActivityReport {
  return {
    ...{ rows, total: row(''), buckets: [], timeZone: 'Europe/Belgrade', from: '2026-11-01', to: '2026-11-20' },
    ...{ formulaVersion: 1, erasedFields: 0, position: '17' },
    ...more,
  };
}

const lines = (locale: Locale, of: CsrActivityReport): string[] => csrActivityCsv(of, locale).split('\r\n');

describe('the CSR activity report as CSV', () => {
  it('begins with the byte order mark and ends each line with CR LF', () => {
    const csv = csrActivityCsv(report([]), 'en');
    expect([...Buffer.from(csv, 'utf8').subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    expect(csv.endsWith('\r\n')).toBe(true);
    expect(csv.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/u);
  });

  const busy = row('Ana', { sessions: 2, inSession: 3120.5, timeInSession: some, consentsAsked: 3, grantRate: 2 / 3 });

  it.each([
    ['en', 'Ana,2,3120.5,3120.5,1560.25,12.5,12,3108.5,0,–,–,–,–,3,0,66.7'],
    ['sr-Latn', 'Ana;2;3120,5;3120,5;1560,25;12,5;12;3108,5;0;–;–;–;–;3;0;66,7'],
    ['sr-Cyrl', 'Ana;2;3120,5;3120,5;1560,25;12,5;12;3108,5;0;–;–;–;–;3;0;66,7'],
    ['zh-Hant-TW', 'Ana,2,3120.5,3120.5,1560.25,12.5,12,3108.5,0,–,–,–,–,3,0,66.7'],
  ] as const)('writes separators and decimals as %s does', (locale, expected) => {
    expect(lines(locale, report([busy]))[1]).toBe(expected);
  });

  it('has as many headings as figures, in every language', () => {
    for (const [locale, { separator, figures }] of Object.entries(csvWords)) {
      const [headings = '', first = ''] = lines(locale as Locale, report([busy]));
      expect(headings).toBe(`\uFEFF${figures.map(quoted(separator)).join(separator)}`);
      expect(figures).toHaveLength(first.split(separator).length);
    }
  });

  const quoted =
    (separator: string) =>
    (text: string): string =>
      text.includes(separator) ? `"${text}"` : text;

  it.each(['=1+1', '+381', '-2', '@SUM(A1)', '\tx', '\rx', '＝1', '＠x'])('makes no formula of %j', (text) => {
    const csv = csrActivityCsv(report([row(text, { notes: [note(text)] })]), 'en');
    const cell = text === '\rx' ? `"'${text}"` : `'${text}`;
    expect(csv).toContain(`\r\n${cell},0,`);
    expect(csv).toContain(`,${cell},${cell}\r\n`);
  });

  it('keeps quotes, separators and line breaks of a note', () => {
    const text = 'She said "no", then\nyes; done';
    expect(csrActivityCsv(report([row('Ana', { notes: [note(text)] })]), 'en')).toContain(
      '482913057,2026-11-20T14:03:05+01:00,Ana,"She said ""no"", then\nyes; done"\r\n',
    );
  });

  it.each(['one\ntwo', 'one\rtwo', 'one\r=2', 'one\u2028two'])('keeps %j in one cell', (text) => {
    const cell = /[\r\n]/u.test(text) ? `"${text}"` : text;
    expect(csrActivityCsv(report([row('Ana', { notes: [note(text)] })]), 'en')).toContain(`,Ana,${cell}\r\n`);
  });

  it('writes notes in the order of their times, by whoever wrote them', () => {
    const ana = row('Ana', { notes: [note('third', '2026-11-20T15:00:00.000Z')] });
    const zoe = row('Zoe', { notes: [note('first', '2026-11-20T09:00:00.000Z'), note('second')] });
    const written = lines('en', report([zoe, ana])).filter((line) => line.startsWith('482913057'));
    expect(written.map((line) => line.split(',').slice(2).join(' '))).toEqual([
      ...['Zoe first', 'Zoe second', 'Ana third'],
    ]);
  });

  it('says what was erased and counts it below, with zone, position and formulas', () => {
    const of = report([row('Ana', { notes: [note(null)] })], { erasedFields: 1 });
    expect(lines('sr-Latn', of).slice(-9)).toEqual([
      ...['482913057;2026-11-20T14:03:05+01:00;Ana;izbrisano', ''],
      ...['Prvi dan;2026-11-01', 'Poslednji dan;2026-11-20', 'Vremenska zona;Europe/Belgrade'],
      ...['Pozicija u dnevniku;17', 'Verzija formula;1', 'Izbrisana polja;1', ''],
    ]);
  });

  it('is the same bytes each time', () => {
    const of = (): CsrActivityReport => report([busy, row('Zoe', { notes: [note('x')] })]);
    expect(csrActivityCsv(of(), 'zh-Hant-TW')).toBe(csrActivityCsv(of(), 'zh-Hant-TW'));
  });
});

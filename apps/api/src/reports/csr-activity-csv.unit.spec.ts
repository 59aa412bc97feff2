import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { CsrActivityNote, CsrActivityReport, CsrActivityRow } from '../graphql/generated/staff';
import type { Locale } from '../site/locales';
import { csrActivityCsv } from './csr-activity-csv';
import { csvWords } from './csv-words';

const none = { count: 0, total: null, average: null, shortest: null, longest: null, median: null };
const some = { count: 2, total: 3120.5, average: 1560.25, shortest: 12, longest: 3108.5, median: 12.5 };

function textOf(text: string | null): CsrActivityNote['text'] {
  return { text, lost: text === null ? 'erased' : null };
}

function row(name: string | null, more: Partial<CsrActivityRow> = {}): CsrActivityRow {
  return {
    ...{ representativeId: 'r', name: textOf(name), sessions: 0, inSession: 0 },
    ...{ timeInSession: none, firstResponse: none, consentsAsked: 0, consentsGranted: 0, grantRate: null, notes: [] },
    ...more,
  };
}

function note(text: string | null, savedAt = '2026-11-20T13:03:05.678Z'): CsrActivityNote {
  return {
    ...{ sessionId: 's', number: '482913057', noteId: 'n', version: 1, savedAt },
    text: textOf(text),
  };
}

function report(rows: readonly CsrActivityRow[], more: Partial<CsrActivityReport> = {}): CsrActivityReport {
  return {
    ...{ rows, total: row(''), buckets: [], timeZone: 'Europe/Belgrade', from: '2026-11-01', to: '2026-11-20' },
    ...{ formulaVersion: 1, erasedFields: 0, unreadableFields: 0, position: '17' },
    ...more,
  };
}

/** What a spreadsheet would calculate, and that can do more than a sum. */
const formula = /^ *([=@]|[+-].*[(|!])/;

/** Cells as spreadsheets read them: what stands behind a closing quote is a part of the cell. */
function cellsIn(csv: string, separator: string): readonly string[] {
  const cells: string[] = [];
  let cell = '';
  let [isQuoted, isBegun] = [false, false];
  for (let at = 0; at < csv.length; at++) {
    const [letter = '', next] = [csv[at], csv[at + 1]];
    const isEnd = !isQuoted && [separator, '\r', '\n'].includes(letter);
    if (isEnd) {
      cells.push(cell);
      [cell, isBegun] = ['', false];
      continue;
    }
    if (letter !== '"' || (isBegun && !isQuoted)) cell += letter;
    else if (!isQuoted) isQuoted = true;
    else if (next !== '"') isQuoted = false;
    else {
      cell += letter;
      at += 1;
    }
    isBegun = true;
  }
  return [...cells, cell];
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
    ['en', '"Ana",2,3120.5,3120.5,1560.25,12.5,12,3108.5,0,–,–,–,–,3,0,66.7'],
    ['sr-Latn', '"Ana";2;3120,5;3120,5;1560,25;12,5;12;3108,5;0;–;–;–;–;3;0;66,7'],
    ['sr-Cyrl', '"Ana";2;3120,5;3120,5;1560,25;12,5;12;3108,5;0;–;–;–;–;3;0;66,7'],
    ['zh-Hant-TW', '"Ana",2,3120.5,3120.5,1560.25,12.5,12,3108.5,0,–,–,–,–,3,0,66.7'],
  ] as const)('writes separators and decimals as %s does', (locale, expected) => {
    expect(lines(locale, report([busy]))[1]).toBe(expected);
  });

  it('has as many headings as figures, in every language', () => {
    for (const [locale, { separator, figures }] of Object.entries(csvWords)) {
      const [headings = '', first = ''] = lines(locale as Locale, report([busy]));
      expect(headings).toBe(`\uFEFF${figures.map((figure) => `"${figure}"`).join(separator)}`);
      expect(figures).toHaveLength(first.split(separator).length);
    }
  });

  it.each(['=1+1', '+381', '-2', '@SUM(A1)', '\tx', '\rx', '＝1', '＠x'])('makes no formula of %j', (text) => {
    const csv = csrActivityCsv(report([row(text, { notes: [note(text)] })]), 'en');
    const cell = `"'${text}"`;
    expect(csv).toContain(`\r\n${cell},0,`);
    expect(csv).toContain(`,${cell},${cell}\r\n`);
  });

  it('keeps quotes, separators and line breaks of a note', () => {
    const text = 'She said "no", then\nyes; done';
    expect(csrActivityCsv(report([row('Ana', { notes: [note(text)] })]), 'en')).toContain(
      '482913057,"2026-11-20T14:03:05+01:00","Ana","She said ""no"", then\nyes; done"\r\n',
    );
  });

  it.each([
    'one\ntwo',
    'one\rtwo',
    'one\u2028two',
    "Done:\n- one, don't ask\n- two; three",
    'It costs 3,- now',
    '1, +2',
  ])('keeps %j as it was written, in one cell', (text) => {
    expect(csrActivityCsv(report([row('Ana', { notes: [note(text)] })]), 'en')).toContain(`,"Ana","${text}"\r\n`);
  });

  it.each([
    ['a;=1+1', "a;'=1+1"],
    ['a,@SUM(1)', "a,'@SUM(1)"],
    ['a\t=1', "a\t'=1"],
    ['one\r=2', "one\r'=2"],
    ['one\n=2', "one\n'=2"],
    ['a, ""=1', 'a, ""\'=1'],
    ["a;-1+cmd|' /C calc'!A0", "a;'-1+cmd|' /C calc'!A0"],
    ['a\n- HYPERLINK("http://x")', 'a\n\'- HYPERLINK("http://x")'],
    ['a;＝1', "a;'＝1"],
  ])('breaks the formula in the middle of %j', (text, expected) => {
    for (const locale of ['en', 'sr-Latn'] as const) {
      const csv = csrActivityCsv(report([row('Ana', { notes: [note(text)] })]), locale);
      expect(csv).toContain(`"Ana"${csvWords[locale].separator}"${expected.replaceAll('"', '""')}"\r\n`);
    }
  });

  it('begins no cell as a formula, whichever separator it is read with', () => {
    const letters = fc.constantFrom(...',;\t\r\n"=+-@(|!\' a1'.split(''), '=1+1', '-A(1)', "+cmd|'/C x'!A0");
    const texts = fc.array(letters, { maxLength: 12 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(texts, texts, fc.constantFrom('en', 'sr-Latn'), (name, text, locale) => {
        const csv = csrActivityCsv(report([row(name, { notes: [note(text)] })]), locale as Locale);
        const cells = [',', ';', '\t'].flatMap((separator) => cellsIn(csv.slice(1), separator));
        expect(cells.filter((cell) => formula.test(cell))).toEqual([]);
        const asMeant = cellsIn(csv.slice(1), csvWords[locale as Locale].separator);
        expect(asMeant.filter((cell) => /^[=+\-@\t\r]/.test(cell))).toEqual([]);
      }),
      { numRuns: 1000 },
    );
  });

  it('writes notes in the order of their times, by whoever wrote them', () => {
    const ana = row('Ana', { notes: [note('third', '2026-11-20T15:00:00.000Z')] });
    const zoe = row('Zoe', { notes: [note('first', '2026-11-20T09:00:00.000Z'), note('second')] });
    const written = lines('en', report([zoe, ana])).filter((line) => line.startsWith('482913057'));
    expect(written.map((line) => line.split(',').slice(2).join(' '))).toEqual([
      ...['"Zoe" "first"', '"Zoe" "second"', '"Ana" "third"'],
    ]);
  });

  it('says what cannot be read, which is not erased, and counts it below', () => {
    const damaged = { ...note(null), text: { text: null, lost: 'unreadable' as const } };
    const of = report([row('Ana', { notes: [damaged] })], { unreadableFields: 1 });
    expect(csrActivityCsv(of, 'en')).toContain(',"Ana","cannot be read"\r\n');
    expect(csrActivityCsv(of, 'en')).toContain('"Erased fields",0\r\n"Fields that cannot be read",1\r\n');
    expect(csrActivityCsv(of, 'zh-Hant-TW')).toContain('"無法讀取"');
  });

  it('says what was erased and counts it below, with zone, position and formulas', () => {
    const of = report([row('Ana', { notes: [note(null)] })], { erasedFields: 1 });
    expect(lines('sr-Latn', of).slice(-10)).toEqual([
      ...['482913057;"2026-11-20T14:03:05+01:00";"Ana";"izbrisano"', ''],
      ...['"Prvi dan";"2026-11-01"', '"Poslednji dan";"2026-11-20"', '"Vremenska zona";"Europe/Belgrade"'],
      ...['"Pozicija u dnevniku";17', '"Verzija formula";1', '"Izbrisana polja";1'],
      ...['"Polja koja ne mogu da se pročitaju";0', ''],
    ]);
  });

  it('is the same bytes each time', () => {
    const of = (): CsrActivityReport => report([busy, row('Zoe', { notes: [note('x')] })]);
    expect(csrActivityCsv(of(), 'zh-Hant-TW')).toBe(csrActivityCsv(of(), 'zh-Hant-TW'));
  });
});

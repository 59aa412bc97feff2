import { localTime } from '@deskside/reports';
import { stringify } from 'csv-stringify/sync';
import type { CsrActivityReport, CsrActivityRow, DurationFigures, PersonalText } from '../graphql/generated/staff';
import type { Locale } from '../site/locales';
import { csvWords } from './csv-words';
import type { CsvWords } from './csv-words';

/** What a figure is that nothing was measured for. */
const dash = '–';

/**
 * Where a cell would begin as a formula if the file were read with another separator than its own, which also ends a cell
 * at a line break: behind either, and the quotes and spaces that are passed over there. (What stands first in a cell the
 * library looks at, but for spaces.)
 */
const hiddenFormula = /(?:^ |[,;\t\r\n])[" ]*(?=[=@+\-＝＠＋－])/gu;

/**
 * The same in the last cell of a line. There `+` and `-` count only before what can call a function, `(`, or reach another
 * program, `|`, or file, `!`; the rest can at worst be a sum or an unknown name, and so a list with dashes or a price as
 * `3,-` stays as it was written. In any other cell the next one would become a part of it.
 */
const hiddenFormulaAtEnd = /(?:^ |[,;\t\r\n])[" ]*(?=[=@＝＠]|[+\-＋－][^\r\n]*[(|!])/gu;

/**
 * The report as a file for spreadsheets (RFC 4180, UTF-8 with byte order mark): the figures, the notes, and below them what
 * they stand for. What a spreadsheet would take for a formula begins with an apostrophe
 * (https://owasp.org/www-community/attacks/CSV_Injection), also where it is opened with the separator of another language.
 */
export function csrActivityCsv(report: CsrActivityReport, locale: Locale): string {
  const words = csvWords[locale];
  const byName = new Intl.Collator(locale).compare;
  const rows = report.rows.toSorted((a, b) => byName(a.name.text ?? '', b.name.text ?? ''));
  const notes = rows.flatMap((row) => row.notes.map((note) => ({ ...note, author: named(row, words) })));
  const records = [
    words.figures,
    ...rows.map((row) => [named(row, words), ...figures(row, words)]),
    [words.total, ...figures(report.total, words)],
    [],
    words.notes,
    ...notes
      .toSorted((a, b) => (a.savedAt < b.savedAt ? -1 : 1))
      .map(({ number, savedAt, author, text }) => [
        ...[
          number,
          localTime(Date.parse(savedAt), report.timeZone),
          author,
          shown(text, words).replace(hiddenFormulaAtEnd, "$&'"),
        ],
      ]),
    [],
    ...footer(report, words),
  ];
  return stringify(records, {
    ...{ bom: true, delimiter: words.separator, record_delimiter: 'windows', escape_formulas: true },
    // Line breaks within a cell: the library leaves them bare where the end of a record is given.
    quote_record_delimiter: true,
    // Whatever is no figure, so that nothing in it ends its cell.
    quoted_match: /[^\d.,–]/u,
  });
}

function footer(report: CsrActivityReport, { footer: named }: CsvWords): readonly (readonly string[])[] {
  return [
    [named.from, report.from],
    [named.to, report.to],
    [named.timeZone, report.timeZone],
    [named.position, report.position === '' ? dash : report.position],
    [named.formulaVersion, String(report.formulaVersion)],
    [named.erasedFields, String(report.erasedFields)],
    [named.unreadableFields, String(report.unreadableFields)],
  ];
}

function figures(row: CsrActivityRow, words: CsvWords): readonly string[] {
  const { timeInSession, firstResponse, grantRate } = row;
  const percent = grantRate === null ? null : Math.round(grantRate * 1000) / 10;
  return [
    ...[String(row.sessions), number(row.inSession, words), number(timeInSession.total, words)],
    ...spread(timeInSession, words),
    String(firstResponse.count),
    ...spread(firstResponse, words),
    ...[String(row.consentsAsked), String(row.consentsGranted), number(percent, words)],
  ];
}

function spread({ average, median, shortest, longest }: DurationFigures, words: CsvWords): readonly string[] {
  return [average, median, shortest, longest].map((value) => number(value, words));
}

function number(value: number | null, { decimal }: CsvWords): string {
  return value === null ? dash : String(value).replace('.', decimal);
}

function named({ name }: CsrActivityRow, words: CsvWords): string {
  return shown(name, words).replace(hiddenFormula, "$&'");
}

function shown({ text, lost }: PersonalText, words: CsvWords): string {
  return lost === null ? (text ?? '') : words[lost];
}

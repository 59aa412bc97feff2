import type { Locale } from '../site/locales';

/** What a CSV file of a report says besides its figures, and how numbers are written in it. */
export interface CsvWords {
  /** Between cells: what spreadsheets of that language expect. */
  readonly separator: ',' | ';';
  readonly decimal: '.' | ',';
  readonly erased: string;
  readonly unreadable: string;
  readonly total: string;
  /** Headings of the figures, in the order of the columns. */
  readonly figures: readonly string[];
  readonly notes: readonly string[];
  readonly footer: {
    readonly from: string;
    readonly to: string;
    readonly timeZone: string;
    readonly position: string;
    readonly formulaVersion: string;
    readonly erasedFields: string;
    readonly unreadableFields: string;
  };
}

const en: CsvWords = {
  ...{ separator: ',', decimal: '.', erased: 'erased', unreadable: 'cannot be read', total: 'All together' },
  figures: [
    ...['CSR', 'Sessions', 'In session (s)', 'Time in session, total (s)', 'Time in session, average (s)'],
    ...['Time in session, median (s)', 'Time in session, shortest (s)', 'Time in session, longest (s)'],
    ...['First responses', 'First response, average (s)', 'First response, median (s)'],
    ...['First response, shortest (s)', 'First response, longest (s)'],
    ...['Consents asked', 'Consents granted', 'Granted (%)'],
  ],
  notes: ['Session', 'Note saved at', 'Author', 'Note'],
  footer: {
    ...{ from: 'First day', to: 'Last day', timeZone: 'Time zone', position: 'Position in the log' },
    ...{
      formulaVersion: 'Version of the formulas',
      erasedFields: 'Erased fields',
      unreadableFields: 'Fields that cannot be read',
    },
  },
};

const srLatn: CsvWords = {
  ...{ separator: ';', decimal: ',', erased: 'izbrisano', unreadable: 'ne može da se pročita', total: 'Svi zajedno' },
  figures: [
    ...['Predstavnik podrške', 'Sesije', 'U sesiji (s)', 'Vreme u sesiji, ukupno (s)', 'Vreme u sesiji, prosek (s)'],
    ...['Vreme u sesiji, medijana (s)', 'Vreme u sesiji, najkraće (s)', 'Vreme u sesiji, najduže (s)'],
    ...['Prvi odgovori', 'Prvi odgovor, prosek (s)', 'Prvi odgovor, medijana (s)'],
    ...['Prvi odgovor, najkraći (s)', 'Prvi odgovor, najduži (s)'],
    ...['Zatražene saglasnosti', 'Odobrene saglasnosti', 'Odobreno (%)'],
  ],
  notes: ['Sesija', 'Beleška sačuvana', 'Autor', 'Beleška'],
  footer: {
    ...{ from: 'Prvi dan', to: 'Poslednji dan', timeZone: 'Vremenska zona', position: 'Pozicija u dnevniku' },
    ...{
      formulaVersion: 'Verzija formula',
      erasedFields: 'Izbrisana polja',
      unreadableFields: 'Polja koja ne mogu da se pročitaju',
    },
  },
};

const srCyrl: CsvWords = {
  ...{ separator: ';', decimal: ',', erased: 'избрисано', unreadable: 'не може да се прочита', total: 'Сви заједно' },
  figures: [
    ...['Представник подршке', 'Сесије', 'У сесији (s)', 'Време у сесији, укупно (s)', 'Време у сесији, просек (s)'],
    ...['Време у сесији, медијана (s)', 'Време у сесији, најкраће (s)', 'Време у сесији, најдуже (s)'],
    ...['Први одговори', 'Први одговор, просек (s)', 'Први одговор, медијана (s)'],
    ...['Први одговор, најкраћи (s)', 'Први одговор, најдужи (s)'],
    ...['Затражене сагласности', 'Одобрене сагласности', 'Одобрено (%)'],
  ],
  notes: ['Сесија', 'Белешка сачувана', 'Аутор', 'Белешка'],
  footer: {
    ...{ from: 'Први дан', to: 'Последњи дан', timeZone: 'Временска зона', position: 'Позиција у дневнику' },
    ...{
      formulaVersion: 'Верзија формула',
      erasedFields: 'Избрисана поља',
      unreadableFields: 'Поља која не могу да се прочитају',
    },
  },
};

const zh: CsvWords = {
  ...{ separator: ',', decimal: '.', erased: '已清除', unreadable: '無法讀取', total: '全部合計' },
  figures: [
    ...['客戶支援代表', '階段作業數', '階段作業中（秒）', '階段作業時間，合計（秒）', '階段作業時間，平均（秒）'],
    ...['階段作業時間，中位數（秒）', '階段作業時間，最短（秒）', '階段作業時間，最長（秒）'],
    ...['首次回應數', '首次回應，平均（秒）', '首次回應，中位數（秒）', '首次回應，最短（秒）', '首次回應，最長（秒）'],
    ...['請求同意數', '已同意數', '同意比例（%）'],
  ],
  notes: ['階段作業', '附註儲存時間', '作者', '附註'],
  footer: {
    ...{ from: '第一天', to: '最後一天', timeZone: '時區', position: '記錄位置' },
    ...{ formulaVersion: '公式版本', erasedFields: '已清除的欄位', unreadableFields: '無法讀取的欄位' },
  },
};

export const csvWords: Readonly<Record<Locale, CsvWords>> = {
  ...{ en, 'sr-Latn': srLatn, 'sr-Cyrl': srCyrl, 'zh-Hant-TW': zh },
};

import { IntlMessageFormat } from 'intl-messageformat';

export type MessageValues = Readonly<Record<string, string | number | boolean | Date | null | undefined>>;

const parsed = new Map<string, IntlMessageFormat>();

/** A sentence in ICU MessageFormat, read once per language; nothing is compiled to code, so a strict CSP holds. */
export function formatMessage(message: string, values: MessageValues, locale: string): string {
  if (!/[{}']/.test(message)) return message;
  const key = `${locale} ${message}`;
  let format = parsed.get(key);
  if (format === undefined) {
    format = new IntlMessageFormat(message, locale, undefined, { ignoreTag: true });
    parsed.set(key, format);
  }
  return String(format.format(values));
}

/**
 * Stems in which n+j, d+ž or l+j are two letters, with the place of the first of them. Pravopis srpskoga jezika (2010) and
 * the lists of transliteration tools agree on these families; more come as the texts need them.
 */
export const digraphExceptions: readonly { readonly stem: string; readonly at: number }[] = [
  { stem: 'injekc', at: 1 },
  { stem: 'konjug', at: 2 },
  { stem: 'konjunk', at: 2 },
  { stem: 'tanjug', at: 2 },
  { stem: 'vanjezi', at: 2 },
  { stem: 'nadživ', at: 2 },
  { stem: 'nadžnj', at: 2 },
  { stem: 'nadždr', at: 2 },
  { stem: 'odžali', at: 1 },
  { stem: 'odživ', at: 1 },
  { stem: 'odžva', at: 1 },
  { stem: 'podžanr', at: 2 },
  { stem: 'predživ', at: 3 },
];

/** Names and marks that stay in Latin letters in Cyrillic text as well. */
export const foreignWords: ReadonlySet<string> = new Set([
  'Alt', 'Android', 'API', 'App', 'Backspace', 'CSV', 'Chrome', 'Chromium', 'CSR', 'Ctrl', 'Del', 'Delete', 'Deskside', 'Edge',
  'Enter', 'Esc', 'Escape', 'Firefox', 'GB', 'GraphQL', 'Home', 'HTML', 'HTTP', 'HTTPS', 'ID', 'iOS', 'JSON', 'KB', 'Linux',
  'LiveKit', 'MB', 'Manager', 'PDF', 'QR', 'REC', 'SHA', 'SMTP', 'Safari', 'Shift', 'SQLite', 'Support', 'Tab', 'URL', 'USB', 'UTC',
  'WebACD', 'Windows', 'iPad', 'iPhone', 'macOS',
]); // prettier-ignore

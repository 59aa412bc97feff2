import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { transliterateMessage } from './transliterate';

export const writtenLocales = ['en', 'sr-Latn', 'zh-Hant-TW'] as const;
export type TextLocale = (typeof writtenLocales)[number] | 'sr-Cyrl';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** Who has texts, and in whose code they may be used. */
export const owners = {
  ui: { folder: 'libs/ui/src', code: ['libs/ui/src'] },
  customer: { folder: 'apps/customer/src', code: ['apps/customer/src'] },
  dashboard: { folder: 'apps/dashboard/src', code: ['apps/dashboard/src'] },
  invitation: { folder: 'apps/api/src/invitation', code: ['apps/api/src'] },
} as const;
export type Owner = keyof typeof owners;

type Texts = { readonly [key: string]: string | Texts };

/** All texts of one owner in one language, by dotted key; Cyrillic as the build makes it. */
export function textsOf(owner: Owner, locale: TextLocale): ReadonlyMap<string, string> {
  const file = join(root, owners[owner].folder, 'i18n', `${locale === 'sr-Cyrl' ? 'sr-Latn' : locale}.json`);
  const flat = new Map(flatten(JSON.parse(readFileSync(file, 'utf8')) as Texts));
  if (locale !== 'sr-Cyrl') return flat;
  return new Map([...flat].map(([key, text]) => [key, transliterateMessage(text)]));
}

function flatten(texts: Texts, prefix = ''): [string, string][] {
  return Object.entries(texts).flatMap(([key, value]): [string, string][] =>
    typeof value === 'string' ? [[prefix + key, value]] : flatten(value, `${prefix}${key}.`),
  );
}

export interface Literals {
  readonly whole: ReadonlySet<string>;
  readonly beginnings: ReadonlySet<string>;
}

/**
 * Every text in single quotes or backticks in an owner's code, tests left out, and the beginnings that are put together
 * with more. Double quotes hold the expressions of templates, not texts.
 */
export function literalsOf(owner: Owner): Literals {
  const sources = owners[owner].code.flatMap((folder) =>
    globSync('**/*.{ts,html}', { cwd: join(root, folder) })
      .filter((file) => !/\.spec\.ts$|^generated\//.test(file))
      .map((file) => readFileSync(join(root, folder, file), 'utf8')),
  );
  const found = (pattern: RegExp): string[] =>
    sources.flatMap((s) => [...s.matchAll(pattern)].map(([, text = '']) => text));
  return {
    whole: new Set(found(/(?<=['`])([\w.-]+)(?=['`])/g)),
    beginnings: new Set([...found(/`([\w.-]+\.)\$\{/g), ...found(/'([\w.-]+\.)'\s*\+/g)]),
  };
}

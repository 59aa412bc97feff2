// node --import ./tools/resolve-ts.mjs tools/i18n/make-cyrillic.ts <folder with sr-Latn.json>
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { transliterateMessage } from './transliterate';

type Texts = { readonly [key: string]: string | Texts };

function transliterateTexts(texts: Texts): Texts {
  return Object.fromEntries(
    Object.entries(texts).map(([key, text]) => [
      key,
      typeof text === 'string' ? transliterateMessage(text) : transliterateTexts(text),
    ]),
  );
}

const folder = process.argv[2];
if (folder === undefined) throw new Error('Which folder? Usage: make-cyrillic.ts <folder with sr-Latn.json>');
const latin = JSON.parse(readFileSync(join(folder, 'sr-Latn.json'), 'utf8')) as Texts;
mkdirSync(join(folder, 'generated'), { recursive: true });
writeFileSync(join(folder, 'generated', 'sr-Cyrl.json'), `${JSON.stringify(transliterateTexts(latin), null, 2)}\n`);

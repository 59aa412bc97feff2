import { foldForms, indexedForms, wordsOf } from './fold-text';

/**
 * Substring search by phrases of overlapping pairs of characters: FTS5's own tokenizers find no 怡君 in 陳怡君. A character
 * is written as six hexadecimal digits, so that every tokenizer leaves it whole and a prefix query means one character.
 */
function code(character: string): string {
  return (character.codePointAt(0) ?? 0).toString(16).padStart(6, '0');
}

/** Stands between words: no phrase runs over it. It is no code of a character. */
const breaker = 'x';

/** `dorde`: do or rd de e. The last character alone, so that a query of one character finds it too. */
function tokensOf(word: string): readonly string[] {
  const codes = [...word].map(code);
  return codes.map((own, index) => own + (codes[index + 1] ?? ''));
}

/** All that a name is found by, as text for an FTS5 column with the `ascii` tokenizer. */
export function gramsOf(name: string): string {
  const words = indexedForms(name).flatMap((form) => wordsOf(form));
  return [...new Set(words)].map((word) => tokensOf(word).join(' ')).join(` ${breaker} `);
}

function phraseOf(word: string): string {
  const tokens = tokensOf(word);
  const [only] = tokens;
  return tokens.length === 1 ? `"${only}" *` : `"${tokens.slice(0, -1).join(' ')}"`;
}

/** The FTS5 query for names that hold every word of `text` in one of its forms; null when it has no letter or digit. */
export function gramQuery(text: string): string | null {
  const alternatives = foldForms(text)
    .map((form) => wordsOf(form).map(phraseOf))
    .filter((phrases) => phrases.length > 0);
  if (alternatives.length === 0) return null;
  return alternatives.map((phrases) => `(${phrases.join(' AND ')})`).join(' OR ');
}

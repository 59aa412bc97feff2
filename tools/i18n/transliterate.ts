import { TYPE, parse } from '@formatjs/icu-messageformat-parser';
import type { MessageFormatElement } from '@formatjs/icu-messageformat-parser';
import { printAST } from '@formatjs/icu-messageformat-parser/printer.js';
import { digraphExceptions, foreignWords } from './serbian-exceptions';

const letters: Readonly<Record<string, string>> = {
  a: 'а', b: 'б', v: 'в', g: 'г', d: 'д', đ: 'ђ', e: 'е', ž: 'ж', z: 'з', i: 'и', j: 'ј', k: 'к', l: 'л', m: 'м', n: 'н',
  o: 'о', p: 'п', r: 'р', s: 'с', t: 'т', ć: 'ћ', u: 'у', f: 'ф', h: 'х', c: 'ц', č: 'ч', š: 'ш',
}; // prettier-ignore
const digraphs: Readonly<Record<string, string>> = { lj: 'љ', nj: 'њ', dž: 'џ' };

/** Addresses, and words with letters that Serbian does not have: left as they are. */
const address = /\S+@\S+|https?:\/\/\S+|(?<![\p{L}\p{N}])[\w-]+(?:\.[\w-]+)+(?![\p{L}])/gu;
const word = /[\p{L}\p{N}]+(?:[+'’-][\p{L}\p{N}]+)*/gu;

/** An ICU message in Serbian Latin as Cyrillic: only what people read changes, never arguments, formats or selectors. */
export function transliterateMessage(message: string): string {
  return printAST(parse(message, { ignoreTag: true }).map(transliterateElement));
}

function transliterateElement(element: MessageFormatElement): MessageFormatElement {
  if (element.type === TYPE.literal) return { ...element, value: transliterateText(element.value) };
  if (element.type !== TYPE.plural && element.type !== TYPE.select) return element;
  const options = Object.fromEntries(
    Object.entries(element.options).map(([selector, option]) => [
      selector,
      { ...option, value: option.value.map(transliterateElement) },
    ]),
  );
  return { ...element, options } as MessageFormatElement;
}

/** Plain Serbian text, word by word. */
export function transliterateText(text: string): string {
  const parts: string[] = [];
  let end = 0;
  for (const match of text.matchAll(address)) {
    parts.push(text.slice(end, match.index).replace(word, transliterateWord), match[0]);
    end = match.index + match[0].length;
  }
  parts.push(text.slice(end).replace(word, transliterateWord));
  return parts.join('');
}

function transliterateWord(latin: string): string {
  const isCode = /[\d+]/.test(latin);
  return isCode
    ? latin
    : latin
        .split(/(['’-])/)
        .map((part) => (isForeign(part) ? part : transliteratePart(part)))
        .join('');
}

function isForeign(part: string): boolean {
  return foreignWords.has(part) || /[qwxy]/i.test(part);
}

function transliteratePart(latin: string): string {
  const separate = separateLetters(latin.toLowerCase());
  let cyrillic = '';
  for (let at = 0; at < latin.length; at++) {
    const two = latin.slice(at, at + 2).toLowerCase();
    const together = separate.has(at) ? undefined : digraphs[two];
    const one = together ?? letters[two.charAt(0)] ?? latin.charAt(at);
    cyrillic += isUpper(latin.charAt(at)) ? one.toUpperCase() : one;
    if (together !== undefined) at++;
  }
  return cyrillic;
}

/** Where in this word two letters that look like one are two: the n and j of injekcija. */
function separateLetters(lower: string): ReadonlySet<number> {
  return new Set(
    digraphExceptions.flatMap(({ stem, at }) => {
      const found = lower.indexOf(stem);
      return found === -1 ? [] : [found + at];
    }),
  );
}

function isUpper(letter: string): boolean {
  return letter !== letter.toLowerCase();
}

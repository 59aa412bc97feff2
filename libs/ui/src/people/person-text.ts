import type { PersonalText } from '@deskside/domain';
import type { Texts } from '../localization/texts';

/** As the staff endpoint sends personal text outside of events. */
export interface ReadText {
  readonly text: string | null;
  readonly lost: 'erased' | 'unreadable' | null;
}

/** What may be read of a personal text, or null when it was erased or cannot be read. */
export function readable(text: PersonalText | ReadText | null | undefined): string | null {
  if (typeof text === 'string') return text;
  if (text == null || !('text' in text)) return null;
  return typeof text.text === 'string' ? text.text : null;
}

/** Why nothing may be read of it, as the end of a text's key: nobody knows it, it was erased, or it is damaged. */
export function lossOf(text: PersonalText | ReadText | null | undefined): 'erased' | 'unreadable' | 'unknown' {
  if (typeof text !== 'object' || text === null) return 'unknown';
  if ('lost' in text) return text.lost ?? 'unknown';
  if ('unreadable' in text) return 'unreadable';
  return 'erased' in text ? 'erased' : 'unknown';
}

/** The text, or in the reader's language why there is none. */
export function shownText(text: PersonalText | ReadText | null | undefined, t: Texts): string {
  return readable(text) ?? t(`person.${lossOf(text)}`);
}

/** The first letter as people see it: one grapheme, whatever number of code points it has. */
export function firstGrapheme(name: string): string {
  const [first] = new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(name.trim());
  return first?.segment.toLocaleUpperCase() ?? '·';
}

const hanCharacter = /\p{Script=Han}/u;
const cyrillicLetter = /\p{Script=Cyrillic}/u;
const serbianLatinLetter = /[čćđšž]/iu;

/** The language of a name for fonts and speech, where its script tells; null leaves the page's own. */
export function languageOfName(name: string): string | null {
  if (hanCharacter.test(name)) return 'zh-Hant';
  if (cyrillicLetter.test(name)) return 'sr-Cyrl';
  return serbianLatinLetter.test(name.normalize('NFC')) ? 'sr-Latn' : null;
}

/** A name inside a sentence, kept from turning the sentence's direction (Unicode isolates, UAX 9). */
export function isolated(name: string): string {
  return `\u2068${name}\u2069`;
}

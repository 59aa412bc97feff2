import type { OpenedText } from '@deskside/domain';
import type { Texts } from '@deskside/ui';
import type { Sentence, SentenceValue } from './sentence';

/** How the reader's language joins things and writes times. */
export interface Manner {
  readonly t: Texts;
  readonly list: (items: readonly string[]) => string;
  readonly instant: (instant: string) => string;
}

/** Private-use characters hold the places of personal texts while the message is formatted as one whole. */
const firstPlace = 0xe000;
const placePattern = /([\ue000-\ue0ff])/;

/** A piece of a sentence in the reader's language: plain words, or the text of a person. */
export type SpokenPart =
  { readonly words: string; readonly personal?: never } | { readonly words?: never; readonly personal: OpenedText };

export function speak(sentence: Sentence, manner: Manner): readonly SpokenPart[] {
  const personal: OpenedText[] = [];
  const hold: Hold = (text) => String.fromCharCode(firstPlace + personal.push(text) - 1);
  return spoken(sentence, manner, hold)
    .split(placePattern)
    .filter((piece) => piece !== '')
    .map((piece) => {
      const text = placePattern.test(piece) ? personal[piece.charCodeAt(0) - firstPlace] : undefined;
      return text === undefined ? { words: piece } : { personal: text };
    });
}

type Hold = (text: OpenedText) => string;

/** As one whole, with the places of personal texts held. */
function spoken({ key, values }: Sentence, manner: Manner, hold: Hold): string {
  const said = Object.entries(values).map(([name, value]) => [name, written(value, manner, hold)] as const);
  return manner.t(key, Object.fromEntries(said));
}

function written(value: SentenceValue, manner: Manner, hold: Hold): string | number {
  if (typeof value !== 'object') return value;
  if ('personal' in value) return hold(value.personal);
  if ('people' in value) return manner.list(value.people.map(hold));
  if ('instant' in value) return manner.instant(value.instant);
  if ('sentences' in value) return manner.list(value.sentences.map((each) => spoken(each, manner, hold)));
  return manner.list(value.terms.map((term) => manner.t(term)));
}

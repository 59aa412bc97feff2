/** A piece of a plain text: words, or an address that can be pressed. */
export type TextPiece = { readonly words: string } | { readonly link: string };

/** Closing punctuation belongs to the sentence, not to the address before it. */
const address = /https?:\/\/[^\s<>"'，。；：！？」』）]+/gu;
const sentenceEnd = /[.,;:!?)\]]+$/;

/** Finds web addresses in a text. Only http and https: nothing else of a mail is ever followed. */
export function linkedText(text: string): readonly TextPiece[] {
  const pieces: TextPiece[] = [];
  let done = 0;
  for (const { 0: found, index } of text.matchAll(address)) {
    const link = found.replace(sentenceEnd, '');
    pieces.push({ words: text.slice(done, index) }, { link });
    done = index + link.length;
  }
  pieces.push({ words: text.slice(done) });
  return pieces.filter((piece) => 'link' in piece || piece.words !== '');
}

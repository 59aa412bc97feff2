/** A sentence as a person reads it: the invisible marks that keep the direction of names apart do not matter. */
export function words(sentence: string): RegExp {
  const escaped = sentence.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(escaped.replaceAll(' ', String.raw`[\u2066-\u2069]*\s[\u2066-\u2069]*`));
}

/** A session's number as it stands on the screen, whatever spaces it has there. */
export function spaced(number: string): RegExp {
  return new RegExp(number.replace(/\s/gu, '').replace(/(\d{3})(?=\d)/g, String.raw`$1\s?`));
}

/** A sentence as a person reads it: the invisible marks that keep the direction of names apart do not matter. */
export function words(sentence: string): RegExp {
  const escaped = sentence.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(escaped.replaceAll(' ', String.raw`[\u2066-\u2069]*\s[\u2066-\u2069]*`));
}

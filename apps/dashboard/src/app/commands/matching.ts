/** Lower case without marks, so that `sesija` finds `Sesija` and `djordje` need not be typed with its letters. */
function folded(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLocaleLowerCase().replaceAll('đ', 'dj');
}

/** Those whose title has every word that was typed, the ones that begin with the first word in front. */
export function matching<C extends { readonly title: string }>(commands: readonly C[], typed: string): readonly C[] {
  const words = folded(typed).split(/\s+/).filter(Boolean);
  const [first = ''] = words;
  const found = commands.filter(({ title }) => words.every((word) => folded(title).includes(word)));
  return found.toSorted(
    (a, b) => Number(folded(b.title).startsWith(first)) - Number(folded(a.title).startsWith(first)),
  );
}

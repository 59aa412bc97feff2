/** `а=a б=b`: what each letter is written as; nothing behind the sign leaves it out. */
function table(pairs: string): ReadonlyMap<string, string> {
  return new Map(pairs.split(' ').map((pair) => pair.split('=') as [string, string]));
}

const letters = new Map([
  // Cyrillic as Serbian writes it in Latin letters, then what Russian, Ukrainian and Macedonian have besides.
  ...table('а=a б=b в=v г=g д=d е=e ж=z з=z и=i ј=j к=k л=l љ=lj м=m н=n њ=nj о=o п=p р=r с=s т=t ћ=c'),
  ...table('у=u ф=f х=h ц=c ч=c џ=dz ш=s й=j ы=y э=e ю=ju я=ja щ=sc ъ= ь= є=je і=i ґ=g ѕ=dz ё=e ї=i ў=u ѓ=g ќ=k'),
  // Latin letters that are no base letter with a mark, so that decomposing leaves them as they are.
  ...table('ø=o ł=l æ=ae œ=oe ß=ss þ=th ð=d ħ=h ŧ=t ı=i ς=σ'),
]);

function baseLetters(text: string): string {
  const written = text.replace(/\p{L}/gu, (letter) => letters.get(letter) ?? letter);
  return written
    .normalize('NFKD')
    .replace(/\p{Mn}/gu, '')
    .normalize('NFKC');
}

/**
 * The forms in which a text is compared: without case, marks, width and script of Serbian. `đ` is written `d` and `dj`,
 * so a text that has it has two forms. Upper case first: it makes ß and the final sigma what the rest of the world types.
 */
export function foldForms(text: string): readonly string[] {
  const lower = text.normalize('NFKC').toUpperCase().toLowerCase();
  const latinised = lower.replace(/ђ/gu, 'đ');
  return [...new Set([baseLetters(latinised.replaceAll('đ', 'd')), baseLetters(latinised.replaceAll('đ', 'dj'))])];
}

/** The forms under which a name is kept: those above, and `dj` as `d`, so that Đorđe finds one who writes himself Djordje. */
export function indexedForms(name: string): readonly string[] {
  const forms = foldForms(name);
  return [...new Set([...forms, ...forms.map((form) => form.replaceAll('dj', 'd'))])];
}

/** Runs of letters and digits; what stands inside a name without parting it (O'Brien) is left out. */
export function wordsOf(folded: string): readonly string[] {
  return folded.replace(/['’ʼ`´·・]/gu, '').match(/[\p{L}\p{N}\p{M}]+/gu) ?? [];
}

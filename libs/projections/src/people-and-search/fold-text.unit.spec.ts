import { describe, expect, it } from '@jest/globals';
import { foldForms, indexedForms, wordsOf } from './fold-text';

describe('folding of names', () => {
  it.each([
    ['Đorđe', ['dorde', 'djordje']],
    ['ЂОРЂЕ', ['dorde', 'djordje']],
    ['Петровић', ['petrovic']],
    ['Šćepanović', ['scepanovic']],
    ['Љиљана Џајић', ['ljiljana dzajic']],
    ['陳怡君', ['陳怡君']],
    ['４８２', ['482']],
    ['Ｆｕｌｌ', ['full']],
    ['Weiß', ['weiss']],
    ['WEISS', ['weiss']],
    ['Łukasz Ørsted', ['lukasz orsted']],
    ['Joséphine', ['josephine']],
    ['Алексей Ёлкин', ['aleksej elkin']],
    ['ＩＳＴＡＮＢＵＬ İstanbul', ['istanbul istanbul']],
  ])('%s', (text, forms) => {
    expect(foldForms(text)).toEqual(forms);
  });

  it('folds the three sigmas to one', () => {
    const [word] = foldForms('ΟΔΥΣΣΕΥΣ');
    expect(foldForms('Οδυσσεύς')).toEqual([word]);
    expect(foldForms('οδυσσεύσ')).toEqual([word]);
  });

  it('gives the same for composed and decomposed letters', () => {
    expect(foldForms('Đorđević'.normalize('NFD'))).toEqual(foldForms('Đorđević'));
    expect(foldForms('Алексей'.normalize('NFD').normalize('NFC'))).toEqual(foldForms('Алексей'));
  });

  it('folds a folded text to itself', () => {
    for (const text of ['Đorđe', 'Петровић', '陳怡君', 'Weiß', 'Οδυσσεύς', 'Алексей'])
      for (const form of foldForms(text)) expect(foldForms(form)).toEqual([form]);
  });

  it('keeps a name that is written with dj under d as well', () => {
    expect(indexedForms('Djordje')).toEqual(['djordje', 'dorde']);
    expect(indexedForms('Đorđe')).toEqual(['dorde', 'djordje']);
  });

  it('parts words at anything but letters, digits and what stands inside a name', () => {
    expect(wordsOf("o’brien ana-marija  (2) o'neill")).toEqual(['obrien', 'ana', 'marija', '2', 'oneill']);
    expect(wordsOf(' 🙂 … ')).toEqual([]);
  });
});

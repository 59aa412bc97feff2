import { describe, expect, test } from '@jest/globals';
import { transliterateMessage, transliterateText } from './transliterate';

describe('Serbian Latin as Cyrillic', () => {
  test.each([
    ['Ćaskanje', 'Ћаскање'],
    ['Ljubav, NJEGOŠ i Džep', 'Љубав, ЊЕГОШ и Џеп'],
    ['LJUBAV', 'ЉУБАВ'],
    ['đak šalje žuti čaj', 'ђак шаље жути чај'],
    ['Podeli prikaz', 'Подели приказ'],
  ])('%s becomes %s', (latin, cyrillic) => expect(transliterateText(latin)).toBe(cyrillic));

  test.each([
    ['injekcija', 'инјекција'],
    ['Injekcijom', 'Инјекцијом'],
    ['nadživeti', 'надживети'],
    ['NADŽIVETI', 'НАДЖИВЕТИ'],
    ['konjunktura', 'конјунктура'],
    ['vanjezički', 'ванјезички'],
    ['konj i nadžak', 'коњ и наџак'],
  ])('two letters stay two in %s', (latin, cyrillic) => expect(transliterateText(latin)).toBe(cyrillic));

  test.each([
    ['Deskside i WebACD', 'Deskside и WebACD'],
    ['iz Deskside-a', 'из Deskside-а'],
    ['Support Manager', 'Support Manager'],
    ['Pritisnite Ctrl+K ili Enter', 'Притисните Ctrl+K или Enter'],
    ['Pišite na ana.petrovic@example.com.', 'Пишите на ana.petrovic@example.com.'],
    ['na https://example.com/podrška odmah', 'на https://example.com/podrška одмах'],
    ['sajt example.com radi', 'сајт example.com ради'],
    ['e-pošta', 'е-пошта'],
    ['SHA256 i 5 MB', 'SHA256 и 5 MB'],
  ])('names and addresses stay in %s', (latin, mixed) => expect(transliterateText(latin)).toBe(mixed));

  test('changes only what people read of an ICU message', () => {
    const latin = '{count, plural, one {# poruka za {name}} few {# poruke za {name}} other {# poruka za {name}}}';
    expect(transliterateMessage(latin)).toBe(
      '{count,plural,one{# порука за {name}} few{# поруке за {name}} other{# порука за {name}}}',
    );
    expect(transliterateMessage('{kind, select, audio {Zvuk} other {Slika}}: {limit, number}')).toBe(
      '{kind,select,audio{Звук} other{Слика}}: {limit, number}',
    );
  });

  test('keeps quoted braces quoted', () => {
    expect(transliterateMessage("'{'ime'}' je ime")).toBe("'{име}' је име");
  });
});

import { describe, expect, it } from '@jest/globals';
import { formatMessage } from '@deskside/ui';
import { sentence } from './sentence';
import { speak } from './spoken-sentence';

const messages: Readonly<Record<string, string>> = {
  wrote: '{name} wrote to {to} alone: “{text}”',
  roles: '{roles} · {name}',
  'roles.a': 'auditor',
  'roles.b': 'administrator',
  until: 'until {time}',
  found: '{count, plural, one {# session} other {# sessions}}',
};

const manner = {
  t: (key: string, values = {}): string => formatMessage(messages[key] ?? key, values, 'en'),
  list: (items: readonly string[]): string => items.join(' and '),
  instant: (instant: string): string => `at ${instant}`,
};

describe('a spoken sentence', () => {
  it('keeps texts of people apart from its own words', () => {
    const values = {
      name: { personal: 'Ana' },
      to: { personal: '陳怡君' },
      text: { personal: { erased: true } as const },
    };
    expect(speak(sentence('wrote', values), manner)).toEqual([
      { personal: 'Ana' },
      { words: ' wrote to ' },
      { personal: '陳怡君' },
      { words: ' alone: “' },
      { personal: { erased: true } },
      { words: '”' },
    ]);
  });

  it('lists several people, each apart', () => {
    const names = { people: ['Ana', 'Bo'] };
    expect(speak(sentence('roles', { roles: 'x', name: names }), manner)).toEqual([
      { words: 'x · ' },
      { personal: 'Ana' },
      { words: ' and ' },
      { personal: 'Bo' },
    ]);
  });

  it('does not read a text of a person as part of the message', () => {
    const said = speak(sentence('roles', { roles: '', name: { personal: '{text} \ue001 <b>' } }), manner);
    expect(said).toEqual([{ words: ' · ' }, { personal: '{text} \ue001 <b>' }]);
  });

  it('translates terms one by one and lists them', () => {
    const values = { roles: { terms: ['roles.a', 'roles.b'] }, name: 'x' };
    expect(speak(sentence('roles', values), manner)).toEqual([{ words: 'auditor and administrator · x' }]);
  });

  it('writes instants and figures in the reader’s manner', () => {
    expect(speak(sentence('until', { time: { instant: '12:00' } }), manner)).toEqual([{ words: 'until at 12:00' }]);
    expect(speak(sentence('found', { count: 1 }), manner)).toEqual([{ words: '1 session' }]);
  });
});

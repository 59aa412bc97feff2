import { describe, expect, it } from '@jest/globals';
import { sessionQuery } from './session-query';
import type { TypedSearch } from './session-query';

function asked(typed: Partial<TypedSearch>): ReturnType<typeof sessionQuery> {
  return sessionQuery({ by: 'number', number: '', name: '', from: '', to: '', ...typed });
}

describe('what the auditor asks for', () => {
  it('is the number, however it was typed', () => {
    for (const number of ['482913057', ' 482 913 057 ', '482-913-057', '４８２９１３０５７'])
      expect(asked({ number })).toEqual({ query: { number: '482913057' } });
  });

  it('is nothing for a number with another count of digits', () => {
    expect(asked({ number: '48291305' })).toEqual({ wrong: 'audit.numberWrong' });
  });

  it('is a name without the space around it', () => {
    expect(asked({ by: 'name', name: ' 怡君 ' })).toEqual({ query: { name: '怡君' } });
    expect(asked({ by: 'name', name: '  ' })).toEqual({ wrong: 'app.required' });
  });

  it('is whole days, from the first moment to the first after them', () => {
    const day = asked({ by: 'date', from: '2026-11-20' });
    expect(day).toEqual({
      query: { from: new Date(2026, 10, 20).toISOString(), to: new Date(2026, 10, 21).toISOString() },
    });
    const month = asked({ by: 'date', from: '2026-10-31', to: '2026-11-30' });
    expect(month).toEqual({
      query: { from: new Date(2026, 9, 31).toISOString(), to: new Date(2026, 11, 1).toISOString() },
    });
  });

  it('is nothing for days in the wrong order or none', () => {
    expect(asked({ by: 'date', from: '2026-11-20', to: '2026-11-19' })).toEqual({ wrong: 'audit.dateWrong' });
    expect(asked({ by: 'date' })).toEqual({ wrong: 'app.required' });
  });
});

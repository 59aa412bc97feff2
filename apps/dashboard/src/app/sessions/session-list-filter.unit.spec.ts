import { describe, expect, it } from '@jest/globals';
import { noFilter, sessionsAsked } from './session-list-filter';

const zone = 'Europe/Belgrade';

describe('what the list of sessions asks for', () => {
  it('is everything without a filter', () => {
    expect(sessionsAsked(noFilter, zone)).toEqual({ variables: {} });
  });

  it('is a number however it was typed, or else part of a name', () => {
    for (const search of ['482913057', ' 482 913 057 ', '４８２９１３０５７'])
      expect(sessionsAsked({ ...noFilter, search }, zone)).toEqual({ variables: { search: '482913057' } });
    expect(sessionsAsked({ ...noFilter, search: ' 怡君 ' }, zone)).toEqual({ variables: { search: '怡君' } });
  });

  it('is whole days of the reader’s time zone, either end open', () => {
    expect(sessionsAsked({ ...noFilter, from: '2026-11-20', to: '2026-11-20' }, zone)).toEqual({
      variables: { from: '2026-11-19T23:00:00.000Z', to: '2026-11-20T23:00:00.000Z' },
    });
    expect(sessionsAsked({ ...noFilter, to: '2026-11-20' }, zone)).toEqual({
      variables: { to: '2026-11-20T23:00:00.000Z' },
    });
  });

  it('is nothing for days in the wrong order', () => {
    expect(sessionsAsked({ ...noFilter, from: '2026-11-21', to: '2026-11-20' }, zone)).toEqual({
      wrong: 'sessionList.dateWrong',
    });
  });
});

import { describe, expect, it } from '@jest/globals';
import { screenWords } from './screen-words';

const t = (key: string): string => key.replace('console.screen.', '');
const usual = { view: 'waiting', connection: 'connected', customerAway: false } as const;

describe('what lies over the place of the picture', () => {
  it('is nothing while it lives, whatever the connection says', () => {
    expect(screenWords({ ...usual, view: 'live' }, t)).toBeNull();
    expect(screenWords({ ...usual, view: 'live', connection: 'reconnecting' }, t)).toBeNull();
  });

  it('names the nearest cause first', () => {
    expect(screenWords({ ...usual, connection: 'connecting', customerAway: true }, t)).toBe('connecting');
    expect(screenWords({ ...usual, connection: 'reconnecting' }, t)).toBe('reconnecting');
    expect(screenWords({ ...usual, connection: 'failed' }, t)).toBe('refused');
    expect(screenWords({ ...usual, customerAway: true }, t)).toBe('away');
  });

  it('tells a first picture from one that came no more', () => {
    expect(screenWords(usual, t)).toBe('waiting');
    expect(screenWords({ ...usual, view: 'absent' }, t)).toBe('waiting');
    expect(screenWords({ ...usual, view: 'interrupted' }, t)).toBe('interrupted');
  });
});

import { describe, expect, it } from '@jest/globals';
import type { Site } from '../site-settings/site-facts';
import { damageSentence, damagedPlace } from './damage';

const t = (key: string, values: object = {}): string => `${key} ${JSON.stringify(values)}`;
const log = (about: Partial<Site['log']>): Site['log'] => ({
  ...{ status: 'damaged', reason: 'It is so.', stream: 'supportSession-s1', revision: '9', what: 'missing' },
  ...{ sessionNumber: '123456789', ...about },
});

describe('what is so of a damaged log', () => {
  it('names the session by its number', () => {
    expect(damageSentence(log({}), t)).toBe(
      'logBanner.session {"what":"missing","revision":"9","number":"123\u00a0456\u00a0789"}',
    );
    expect(damagedPlace(log({}))).toEqual({ sessionId: 's1' });
  });

  it('has words for a session that no list has any more, and for what is of no session', () => {
    expect(damageSentence(log({ sessionNumber: null }), t)).toBe(
      'logBanner.lostSession {"what":"missing","revision":"9"}',
    );
    const ofAccount = log({ stream: 'representative-r1', sessionNumber: null });
    expect(damageSentence(ofAccount, t)).toBe('logBanner.account {"what":"missing","revision":"9"}');
    const elsewhere = log({ stream: 'site', sessionNumber: null, what: 'moved' });
    expect(damageSentence(elsewhere, t)).toBe('logBanner.elsewhere {"what":"moved","revision":"9","stream":"site"}');
    expect(damagedPlace(elsewhere)).toBe(null);
  });

  it('is nothing where it is not about one event', () => {
    expect(damageSentence(log({ what: null, stream: null, revision: null, sessionNumber: null }), t)).toBe(null);
    expect(damageSentence(null, t)).toBe(null);
  });
});

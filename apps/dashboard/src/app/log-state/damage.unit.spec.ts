import { describe, expect, it } from '@jest/globals';
import type { Site } from '../site-settings/site-facts';
import { damageSentence } from './damage';

const t = (key: string, values: object = {}): string => `${key} ${JSON.stringify(values)}`;
const log = (about: Partial<Site['log']>): Site['log'] => ({
  ...{ status: 'damaged', reason: 'It is so.', stream: 'supportSession-s1', revision: '9', what: 'missing' },
  ...{ session: { id: 's1', number: '123456789', listing: 'listed' }, ...about },
});

describe('what is so of a damaged log', () => {
  it('names the session by its number', () => {
    expect(damageSentence(log({}), t)).toBe(
      'logBanner.session {"what":"missing","revision":"9","number":"123\u00a0456\u00a0789"}',
    );
  });

  it('says that a session is in no list any more only when that is known', () => {
    const unlisted = log({ session: { id: 's1', number: null, listing: 'notListed' } });
    expect(damageSentence(unlisted, t)).toBe('logBanner.lostSession {"what":"missing","revision":"9"}');
    const notKnown = log({ session: { id: 's1', number: null, listing: 'unknown' } });
    expect(damageSentence(notKnown, t)).toBe('logBanner.someSession {"what":"missing","revision":"9"}');
  });

  it('has words for what is of no session', () => {
    const ofAccount = log({ stream: 'representative-r1', session: null });
    expect(damageSentence(ofAccount, t)).toBe('logBanner.account {"what":"missing","revision":"9"}');
    const elsewhere = log({ stream: 'site', session: null, what: 'moved' });
    expect(damageSentence(elsewhere, t)).toBe('logBanner.elsewhere {"what":"moved","revision":"9","stream":"site"}');
  });

  it('is nothing where it is not about one event', () => {
    expect(damageSentence(log({ what: null, stream: null, revision: null, session: null }), t)).toBe(null);
    expect(damageSentence(null, t)).toBe(null);
  });
});

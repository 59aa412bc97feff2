import { describe, it } from '@jest/globals';
import fc from 'fast-check';
import * as v from 'valibot';
import { fold } from '../decider';
import type { Recorded } from '../decider';
import { eventRegistry } from '../event-registry';
import { at, deepFreeze, id, theSystem } from '../test-support/given-when-then';
import { privacyNoticeLimit, site, siteNameLimit } from './site';
import type { SiteCommand } from './site';
import type { SiteEvent, SiteSettings } from './site-events';

const numRuns = 1000;
const first: SiteSettings = { name: 'Example Support', privacyNotice: '', defaultLocale: 'en' };
const long = (n: number): string[] => ['\u{1f600}'.repeat(n), '\u{1f600}'.repeat(n + 1)];
const wanted = fc.record(
  {
    name: fc.constantFrom('Example Support', 'Another', '', ' ', ...long(siteNameLimit)),
    privacyNotice: fc.constantFrom('', 'Notice', ...long(privacyNoticeLimit)),
    defaultLocale: fc.constantFrom('en', 'sr-Latn', 'sr-Cyrl', 'zh-Hant-TW'),
  },
  { requiredKeys: [] },
) as fc.Arbitrary<Partial<SiteSettings>>;

describe(`a site whose settings change at random (${numRuns} runs)`, () => {
  it('has what was last wanted, writes nothing twice, and nothing that is too long', () => {
    fc.assert(
      fc.property(fc.array(wanted, { maxLength: 20 }), (changes) => {
        const events: Recorded<SiteEvent>[] = [];
        let state = site.initialState();
        let settings = first;
        const give = (command: Pick<SiteCommand, 'type' | 'payload'>): readonly SiteEvent[] | string => {
          const decision = site.decide(deepFreeze({ ...command, now: at(0), actor: theSystem }) as SiteCommand, state);
          if (!decision.ok) return decision.refusal.code;
          for (const event of decision.events) {
            check(v.is(eventRegistry.get(event.type)!.payload, event.payload), 'not fit for the log');
            events.push({ ...event, revision: events.length, occurredAt: at(0), actor: theSystem });
            state = deepFreeze(site.evolve(state, deepFreeze(events.at(-1)!)));
          }
          return decision.events;
        };
        give({ type: 'CreateSite', payload: { siteId: id(1), settings: first } });
        for (const change of changes) {
          const command = { type: 'ChangeSiteSettings', payload: { settings: change } } as const;
          const answer = give(command);
          check((typeof answer === 'string') === isWrong(change), JSON.stringify(answer));
          if (typeof answer === 'string') continue;
          const differs = JSON.stringify({ ...settings, ...change }) !== JSON.stringify(settings);
          check((answer.length === 1) === differs, 'written although the same, or not written');
          settings = { ...settings, ...change };
          check(give(command).length === 0, 'written twice');
        }
        check(state.status === 'open' && JSON.stringify(state.settings) === JSON.stringify(settings), 'other settings');
        check(JSON.stringify(fold(site, events)) === JSON.stringify(state), 'folds to another');
      }),
      { numRuns },
    );
  });

  it('is folded without a throw from any list: shuffled, partial, with unknown types', () => {
    const event = fc.oneof(
      wanted.map((settings) => ({ type: 'SiteSettingsChanged', payload: { settings } })),
      fc.constant({ type: 'SiteCreated', payload: { siteId: id(1), settings: first } }),
      fc.record({ type: fc.constantFrom('RetentionPolicyChanged', '__proto__'), payload: fc.anything() }),
    );
    fc.assert(
      fc.property(fc.array(event, { maxLength: 20 }), (events) => {
        const list = events.map((e, revision) => ({ ...e, revision, occurredAt: at(0), actor: theSystem }) as never);
        const exists = events.some(({ type }) => type === 'SiteCreated');
        check(fold(site, list).status === (exists ? 'open' : 'absent'), 'exists');
      }),
      { numRuns },
    );
  });
});

function isWrong({ name = 'fine', privacyNotice = '' }: Partial<SiteSettings>): boolean {
  return name.trim() === '' || [...name].length > 80 || [...privacyNotice].length > 4000;
}

function check(holds: boolean, what: string): void {
  if (!holds) throw new Error(what);
}

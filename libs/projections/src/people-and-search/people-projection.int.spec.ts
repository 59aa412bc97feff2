import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { TextUnreadable } from '@deskside/vault';
import { MemoryVault } from '../testing/memory-vault';
import { event, projectRows } from '../testing/project-rows';
import type { ProjectedRows } from '../testing/project-rows';
import type { SampleEvent } from '../testing/sample-history';
import { peopleProjection } from './people-projection';
import { peopleQueries } from './people-queries';
import type { PeopleQueries } from './person';

describe('people and search', () => {
  let vault: MemoryVault;
  let model: ProjectedRows<PeopleQueries> | undefined;
  beforeEach(() => {
    vault = new MemoryVault();
  });
  afterEach(() => model?.close());

  const given = async (...events: readonly SampleEvent[]): Promise<PeopleQueries> => {
    model = await projectRows(peopleProjection, peopleQueries, events, vault.open);
    return model.queries;
  };
  const withTexts = (made: SampleEvent, subject: string, texts: Record<string, string>): SampleEvent => {
    const place = { subject, class: 'identity', eventId: made.id } as const;
    const sealed = Object.entries(texts).map(([path, text]) => [path, vault.seal({ ...place, path, text })]);
    return { ...made, payload: { ...(made.payload as object), ...Object.fromEntries(sealed) } };
  };
  const customer = (id: string, name: string, session = 's1', type = 'ParticipantJoined'): SampleEvent =>
    withTexts(
      event(`supportSession-${session}`, type, { role: 'primaryCustomer', personId: id, customerId: id }),
      `customer-${id}`,
      { name },
    );
  const names = (people: PeopleQueries, text: string): readonly string[] =>
    people
      .findCustomers(text, 50)
      .map(({ name }) => name)
      .sort();

  it('tells a name that was erased from one that cannot be read, which is nowhere and of nobody who was erased', async () => {
    const erasure = event('access-n', 'PersonalDataErased', {
      ...{ customerId: 'gone', sessionIds: [] },
      keys: [{ subject: 'customer-gone', class: 'identity' }],
    });
    const [gone, kept, before, damaged] = ['gone', 'kept', 'before', 'damaged'].map((id) => customer(id, 'Ana'));
    if (!gone || !kept || !before || !damaged) throw new Error('Four were named.');
    vault.destroy([{ subject: 'customer-before', class: 'identity' }]);
    model = await projectRows(
      peopleProjection,
      peopleQueries,
      [gone, kept, before, damaged, erasure],
      async (sealed, place) => {
        if (sealed.subject === 'customer-damaged') throw new TextUnreadable('it was damaged for a test');
        return vault.open(sealed, place);
      },
    );
    const people = model.queries;
    const subjects = ['gone', 'kept', 'before', 'damaged', 'never-named'].map((id) => `customer-${id}`);
    expect([...people.nameOf(subjects)]).toEqual([['customer-kept', 'Ana']]);
    expect([...people.erasedAmong(subjects)]).toEqual(['customer-gone', 'customer-before']);
  });

  const everybody = [
    'Đorđe Петровић',
    'Ana Jovanović',
    '陳怡君',
    'Djordje Weiß',
    'Οδυσσεύς',
    'Agent ４８２',
    'Nada',
    'O’Brien',
  ];

  it.each([
    ['dorde', ['Djordje Weiß', 'Đorđe Петровић']],
    ['djordje', ['Djordje Weiß', 'Đorđe Петровић']],
    ['ĐORĐE', ['Djordje Weiß', 'Đorđe Петровић']],
    ['Ђорђе', ['Djordje Weiß', 'Đorđe Петровић']],
    ['petrovic', ['Đorđe Петровић']],
    ['ПЕТРОВИЋ', ['Đorđe Петровић']],
    ['ovic', ['Ana Jovanović', 'Đorđe Петровић']],
    ['petrovic dorde', ['Đorđe Петровић']],
    ['怡君', ['陳怡君']],
    ['陳怡', ['陳怡君']],
    ['怡', ['陳怡君']],
    ['君', ['陳怡君']],
    ['ΟΔΥΣΣΕΥΣ', ['Οδυσσεύς']],
    ['482', ['Agent ４８２']],
    ['４８', ['Agent ４８２']],
    ['weiss', ['Djordje Weiß']],
    ["o'brien", ['O’Brien']],
    ['obrien', ['O’Brien']],
    ['anaj', []],
    ['君怡', []],
    ['aa', []],
    ['" OR 1 *', []],
    ['', []],
  ])('finds by %s', async (text, expected) => {
    const people = await given(...everybody.map((name, n) => customer(`c${n}`, name)));
    expect(names(people, text)).toEqual([...expected].sort());
  });

  it('names the sessions that a customer joined or asked to join, each once', async () => {
    const people = await given(
      customer('c1', 'Ana', 's2', 'JoinRequested'),
      customer('c1', 'Ana', 's2'),
      customer('c1', 'Ana', 's1'),
    );
    expect(people.findCustomers('ana', 5)).toEqual([{ customerId: 'c1', name: 'Ana', sessionIds: ['s2', 's1'] }]);
  });

  it('gives no more than asked for', async () => {
    const people = await given(...everybody.map((name, n) => customer(`c${n}`, `${name} x`)));
    expect(people.findCustomers('x', 3)).toHaveLength(3);
  });

  it('knows staff by name and address, as they were changed last, and finds none of them as customers', async () => {
    const stream = 'representative-r1';
    const people = await given(
      withTexts(event(stream, 'AccountCreated', { roles: [] }), stream, { name: 'Mira', email: 'mira@example.org' }),
      withTexts(event(stream, 'AccountChanged', {}), stream, { name: 'Mira Nova' }),
      event(stream, 'AccountChanged', { locale: 'en' }),
    );
    expect(people.nameOf([stream, 'customer-x'])).toEqual(new Map([[stream, 'Mira Nova']]));
    expect(people.findRepresentatives('nova', 5)).toEqual(['r1']);
    expect(people.findRepresentatives('ana', 5)).toEqual([]);
    expect(people.emailOf([stream])).toEqual(new Map([[stream, 'mira@example.org']]));
    expect(names(people, 'mira')).toEqual([]);
  });

  it('finds a customer by the newest name alone', async () => {
    const people = await given(customer('c1', 'Ana'), customer('c1', 'Marko', 's2'));
    expect(names(people, 'ana')).toEqual([]);
    expect(names(people, 'marko')).toEqual(['Marko']);
  });

  it('loses whom an erasure names, and nobody else', async () => {
    const keys = [
      { subject: 'customer-c1', class: 'identity' },
      { subject: 'supportSession-s1', class: 'content' },
    ];
    const people = await given(
      customer('c1', 'Ana'),
      customer('c2', 'Anica'),
      event('access-n', 'PersonalDataErased', { customerId: 'c1', sessionIds: ['s1'], keys }),
    );
    expect(names(people, 'an')).toEqual(['Anica']);
    expect([...people.nameOf(['customer-c1', 'customer-c2']).keys()]).toEqual(['customer-c2']);
  });

  it('makes no row of a text whose key is gone', async () => {
    const joined = customer('c1', 'Ana');
    vault.destroy([{ subject: 'customer-c1', class: 'identity' }]);
    const people = await given(joined);
    expect(people.nameOf(['customer-c1']).size).toBe(0);
  });
});

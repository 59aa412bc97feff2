import { expect, it } from '@jest/globals';
import { GivingWay } from './giving-way';

it('the oldest of an owner gives way to a new one of theirs, the oldest of all to a new one of anybody', () => {
  const places = new GivingWay({ most: 4, mostOfOwner: 2 });
  const gone: string[] = [];
  const take = (owner: string, name: string): (() => void) => places.take(owner, () => gone.push(name));
  take('a', 'a1');
  take('a', 'a2');
  take('b', 'b1');
  take('a', 'a3');
  expect(gone).toEqual(['a1']);
  take('c', 'c1');
  take('d', 'd1');
  expect(gone).toEqual(['a1', 'a2']);
  expect(places.size).toBe(4);
});

it('a place that was left is free, and leaving it again takes nobody’s', () => {
  const places = new GivingWay({ most: 2, mostOfOwner: 2 });
  const gone: string[] = [];
  const leave = places.take('a', () => gone.push('a1'));
  leave();
  leave();
  places.take('a', () => gone.push('a2'));
  places.take('b', () => gone.push('b1'));
  expect([gone, places.size]).toEqual([[], 2]);
});

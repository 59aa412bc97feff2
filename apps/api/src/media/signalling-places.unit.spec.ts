import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { SignallingPlaces } from './signalling-places';
import type { Place } from './signalling-places';

let places: SignallingPlaces;
const ended: string[] = [];
beforeEach(() => {
  places = new SignallingPlaces();
  ended.length = 0;
  jest.useFakeTimers();
});
afterEach(() => void jest.useRealTimers());

function takes(identity: string, room = 'room'): Place {
  const place = places.take(room, identity, () => ended.push(identity));
  if (place === null) throw new Error('There is no place.');
  return place;
}

describe('ways in to a media room', () => {
  it('are four for one participant, and free again when one is left', () => {
    const [first] = Array.from({ length: 4 }, () => takes('ana'));
    expect(places.take('room', 'ana', () => undefined)).toBeNull();
    takes('ana', 'another room');
    takes('ben');
    places.leave(first as Place);
    places.leave(first as Place);
    takes('ana');
    expect(places.take('room', 'ana', () => undefined)).toBeNull();
  });

  it('are sixty in one room', () => {
    for (let n = 0; n < 60; n += 1) takes(`guest ${n}`);
    expect(places.take('room', 'one more', () => undefined)).toBeNull();
  });

  it('that are being opened are cut off at once, and those that are open once LiveKit has had the last word', () => {
    const [opening, open] = [takes('opening'), takes('open')];
    open.state = 'open';
    for (const place of [opening, open, open]) places.turnOut(place);
    expect(ended).toEqual(['opening']);
    expect(places.in('room')).toEqual([open]);
    jest.runAllTimers();
    expect(ended).toEqual(['opening', 'open']);
    expect(places.in('room')).toEqual([]);
  });

  it('that close by themselves leave nothing behind', () => {
    const open = takes('ana');
    open.state = 'open';
    places.turnOut(open);
    places.leave(open);
    places.turnOut(open);
    expect([jest.getTimerCount(), places.in('room').length]).toEqual([0, 0]);
  });

  it('end with the server', () => {
    takes('ana').state = 'open';
    takes('ben');
    places.close();
    expect(ended).toEqual(['ana', 'ben']);
  });
});

import { describe, expect, it } from '@jest/globals';
import { freeRows, heldRows } from './held-rows';

interface Row {
  readonly id: string;
  readonly text: string;
}

const a = { id: 'a', text: 'first' };
const b = { id: 'b', text: 'second' };
const c = { id: 'c', text: 'third' };
const idOf = ({ id }: Row): string => id;
const drawn = ({ rows }: { readonly rows: readonly { readonly row: Row; readonly gone: boolean }[] }): string[] =>
  rows.map(({ row, gone }) => `${row.id}:${row.text}${gone ? ' (gone)' : ''}`);

describe('rows that stay where they are under somebody’s hand', () => {
  it('are the list itself while nobody is there', () => {
    expect(drawn(freeRows([a, b]))).toEqual(['a:first', 'b:second']);
  });

  it('keep their places when a new one comes in before them, which is counted', () => {
    const held = heldRows(freeRows([a, b]), [c, a, b], idOf);
    expect(drawn(held)).toEqual(['a:first', 'b:second']);
    expect(held.waiting).toBe(1);
  });

  it('show their newest content', () => {
    expect(drawn(heldRows(freeRows([a, b]), [{ id: 'a', text: 'changed' }, b], idOf))).toEqual([
      'a:changed',
      'b:second',
    ]);
  });

  it('stay as they were last when they are gone, and come alive when they are back', () => {
    const gone = heldRows(freeRows([a, b]), [b], idOf);
    expect(drawn(gone)).toEqual(['a:first (gone)', 'b:second']);
    expect(drawn(heldRows(gone, [a, b], idOf))).toEqual(['a:first', 'b:second']);
  });
});

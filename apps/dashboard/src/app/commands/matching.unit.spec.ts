import { describe, expect, it } from '@jest/globals';
import { matching } from './matching';

const commands = ['Nova sesija', 'Završi sesiju', 'Idi na: Đorđe', '結束階段作業'].map((title) => ({ title }));
const titles = (typed: string): readonly string[] => matching(commands, typed).map(({ title }) => title);

describe('the commands that match what was typed', () => {
  it('are all of them while nothing is typed, in their order', () => {
    expect(titles('')).toEqual(commands.map(({ title }) => title));
  });

  it('have every word, in any order, without regard to marks and case', () => {
    expect(titles('SESIJU zavrsi')).toEqual(['Završi sesiju']);
    expect(titles('djordje')).toEqual(['Idi na: Đorđe']);
    expect(titles('階段')).toEqual(['結束階段作業']);
  });

  it('have those in front that begin with it', () => {
    expect(titles('n')[0]).toBe('Nova sesija');
  });
});

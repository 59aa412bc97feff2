import { expect, test } from '@jest/globals';
import { voicePanelState } from './voice-state';

test.each([
  ['out', false, false, 'out'],
  ['out', false, true, 'comeBack'],
  ['joining', false, true, 'joining'],
  ['in', false, false, 'in'],
  ['listening', false, false, 'listening'],
  ['out', true, true, 'elsewhere'],
] as const)('talk %s, in another window %s, in it before %s: %s', (talk, isElsewhere, mayComeBack, state) => {
  expect(voicePanelState({ talk, isElsewhere, mayComeBack })).toBe(state);
});

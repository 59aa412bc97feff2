import { expect, it } from '@jest/globals';
import { microphoneRefusal } from './microphone';

it.each([
  ['NotAllowedError', 'Permission denied', 'refusedByBrowser'],
  ['NotAllowedError', 'Permission denied by system', 'refusedBySystem'],
  ['NotFoundError', 'Requested device not found', 'noneFound'],
  ['NotReadableError', 'Could not start audio source', 'inUse'],
  ['SecurityError', '', 'refusedByBrowser'],
  ['UnknownError', '', 'failed'],
])('reads %s "%s" as %s', (name, message, reason) => {
  expect(microphoneRefusal(new DOMException(message, name))).toBe(reason);
});

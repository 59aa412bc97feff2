import { describe, expect, it } from '@jest/globals';
import { fold } from '../decider';
import { given, recorded } from '../test-support/given-when-then';
import { accessRecord } from './access-record';
import type { AccessEvent } from './access-events';

const refused: AccessEvent = { type: 'CommandRefused', payload: { command: 'EndSession', code: 'NOT_ALLOWED' } };

describe('RecordAccess', () => {
  it('writes what was looked at or refused, as it is', () => {
    given(accessRecord)
      .when({ type: 'RecordAccess', payload: { event: refused } })
      .then(refused);
  });

  it('writes the same act again: it happened twice', () => {
    given(accessRecord, refused)
      .when({ type: 'RecordAccess', payload: { event: refused } })
      .then(refused);
  });

  it('remembers nothing, so that a node\u2019s record costs no memory', () => {
    expect(fold(accessRecord, [recorded(refused, 0), recorded(refused, 1)])).toBeNull();
  });
});

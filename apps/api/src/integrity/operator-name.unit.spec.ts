import { expect, it } from '@jest/globals';
import { operatorName } from './operator-name';

it('an operator has the name of their account', () => {
  expect(operatorName(() => ({ username: 'ada' }))).toBe('ada');
});

it('an operator whose account has no name has its number', () => {
  const noName = (): never => {
    throw Object.assign(new Error('A system error occurred: uv_os_get_passwd returned ENOENT'), { code: 'ENOENT' });
  };
  expect(operatorName(noName)).toBe(`uid ${process.getuid?.()}`);
});

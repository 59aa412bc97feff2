import { expect, it } from '@jest/globals';
import { ApiUnderTest } from '../support/api-under-test';

it('numbers are not guessed any faster by somebody with many addresses on one line', async () => {
  const api = await ApiUnderTest.start();
  const guesses = Array.from({ length: 33 }, async (_, n): Promise<string> => {
    const guest = Object.assign(api.customer(), { address: `2001:db8:1:2::${n.toString(16)}` });
    return (await guest.ask('sessionPreview', { number: '100000001' })).code;
  });
  const codes = await Promise.all(guesses);
  expect(codes.filter((code) => code === 'TOO_MANY_TRIES')).toHaveLength(3);
  await api.close();
}, 60_000);

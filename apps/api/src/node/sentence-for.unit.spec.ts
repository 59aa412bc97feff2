import { expect, it } from '@jest/globals';
import { sentenceFor } from './sentence-for';

const [obeyed, shown] = ['\u001b[2J\u0007\r', String.raw`\u001b[2J\u0007\u000d`];

it.each([
  ['an error', new Error(`No log of ${obeyed}.`), `No log of ${shown}.`],
  ['a path', Object.assign(new Error('away'), { code: 'ENOENT', path: `/${obeyed}` }), `/${shown} is not there.`],
  ['what is no error', obeyed, shown],
  ['an error of several lines', new Error('Say which.\nOr none.'), 'Say which. Or none.'],
])('%s is told in one line that no terminal obeys', (_, error, sentence) => {
  expect(sentenceFor(error)).toBe(sentence);
});

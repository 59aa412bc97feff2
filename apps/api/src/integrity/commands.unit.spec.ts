import { expect, it } from '@jest/globals';
import { told } from './commands';

it('how far a log was read is told for every hundred thousand events, also when it is read once more', () => {
  const lines: string[] = [];
  const tell = told({ write: (text) => lines.push(text) });
  for (const reading of [300_000, 200_000]) for (let events = 1000; events <= reading; events += 1000) tell(events);
  expect(lines).toEqual(['100,000', '200,000', '300,000', '100,000', '200,000'].map((events) => `${events} events\n`));
});

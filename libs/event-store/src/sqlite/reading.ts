import { whenFree } from '@deskside/sqlite';
import { LogUnavailable } from '../event-store';

/** What is read from the file, without holding the thread while it is locked. @throws LogUnavailable in the end. */
export function reading<Result>(read: () => Result): Promise<Result> {
  return whenFree(read, {
    refusal: ({ message }) =>
      new LogUnavailable({ code: 'LOG_UNAVAILABLE', sentence: `The event log cannot be read: ${message}.` }),
  });
}

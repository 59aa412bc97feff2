import { isPassing, whenFree } from '@deskside/sqlite';
import { LogUnavailable } from '../event-store';

/**
 * What is read from the file, without holding the thread while it is locked. @throws LogUnavailable in the end, or when the
 * disk gives nothing just now
 */
export async function reading<Result>(read: () => Result): Promise<Result> {
  try {
    return await whenFree(read, { refusal: unavailable });
  } catch (error) {
    throw isPassing(error) ? unavailable(error as Error) : error;
  }
}

function unavailable({ message }: Error): LogUnavailable {
  return new LogUnavailable({ code: 'LOG_UNAVAILABLE', sentence: `The event log cannot be read: ${message}.` });
}

import { checkFile } from './file-check';
import type { ProjectionRunner } from './projection-runner';

interface Check {
  readonly runner: ProjectionRunner;
  readonly steps: ReturnType<typeof checkFile>;
}

/** Files that are looked through while there is nothing else to do. */
export class FileChecks {
  #waiting: Check[] = [];

  /** Looks through these from their beginning. */
  begin(runners: readonly ProjectionRunner[]): void {
    this.close();
    this.#waiting = runners.map((runner) => ({ runner, steps: checkFile(runner.file.path) }));
  }

  /** Looks at one more table; false when there is none left. */
  step(isInUse: (runner: ProjectionRunner) => boolean): boolean {
    const [first] = this.#waiting;
    if (first === undefined) return false;
    if (!isInUse(first.runner) || this.#isOver(first)) this.#waiting.shift()?.steps.return(null);
    return true;
  }

  close(): void {
    for (const { steps } of this.#waiting.splice(0)) steps.return(null);
  }

  #isOver({ runner, steps }: Check): boolean {
    try {
      const { done, value } = steps.next();
      if (done === true && typeof value === 'string') runner.fail(value, 'spoilt');
      return done === true;
    } catch {
      // A disk that cannot be read now says nothing of the file; whoever asks or writes it finds out.
      return true;
    }
  }
}

import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';

interface Sample {
  readonly rule: string;
  readonly file: string;
  readonly text: string;
}

const boundary = '@nx/enforce-module-boundaries';

const forbidden: Record<string, Sample> = {
  'the domain imports a port': {
    rule: boundary,
    file: 'libs/domain/src/chat/sample.ts',
    text: `import { sealEvent } from '@deskside/event-store';\nexport const sample: unknown = sealEvent;\n`,
  },
  'the domain imports Node': {
    rule: '@typescript-eslint/no-restricted-imports',
    file: 'libs/domain/src/chat/sample.ts',
    text: `import { readFileSync } from 'node:fs';\nexport const sample: unknown = readFileSync;\n`,
  },
  "the domain imports a package that isn't its own": {
    rule: boundary,
    file: 'libs/domain/src/chat/sample.ts',
    text: `import { Subject } from 'rxjs';\nexport const sample: unknown = Subject;\n`,
  },
  'a capability reaches past the index of another': {
    rule: '@typescript-eslint/no-restricted-imports',
    file: 'libs/domain/src/chat/sample.ts',
    text: `import { PersonJoined } from '../joining/joining-events';\nexport const sample: unknown = PersonJoined;\n`,
  },
  'the domain reads the clock': {
    rule: 'no-restricted-syntax',
    file: 'libs/domain/src/chat/sample.ts',
    text: `export const sample: number = Date.now();\n`,
  },
  'a library imports an adapter': {
    rule: '@typescript-eslint/no-restricted-imports',
    file: 'libs/projections/src/sample.ts',
    text: `import { openSqliteEventStore } from '@deskside/event-store/sqlite';\nexport const sample: unknown = openSqliteEventStore;\n`,
  },
  'a library chooses the way of mail': {
    rule: '@typescript-eslint/no-restricted-imports',
    file: 'libs/projections/src/sample.ts',
    text: `import { smtpMail } from '@deskside/mail/smtp';\nexport const sample: unknown = smtpMail;\n`,
  },
  'a port imports a read model': {
    rule: boundary,
    file: 'libs/event-store/src/sample.ts',
    text: `import * as projections from '@deskside/projections';\nexport const sample: unknown = projections;\n`,
  },
  'reports import the engine that runs them': {
    rule: boundary,
    file: 'libs/reports/src/sample.ts',
    text: `import * as projections from '@deskside/projections';\nexport const sample: unknown = projections;\n`,
  },
  'a browser app imports what needs Node': {
    rule: boundary,
    file: 'apps/dashboard/src/app/sample.ts',
    text: `import * as vault from '@deskside/vault';\nexport const sample: unknown = vault;\n`,
  },
  'the components import a port': {
    rule: boundary,
    file: 'libs/ui/src/sample.ts',
    text: `import * as vault from '@deskside/vault';\nexport const sample: unknown = vault;\n`,
  },
  'the rights of media import the media server': {
    rule: boundary,
    file: 'libs/media/rights/src/sample.ts',
    text: `import { MediaPlant } from '@deskside/media/server';\nexport const sample: unknown = MediaPlant;\n`,
  },
  'media in the browser imports the media server': {
    rule: boundary,
    file: 'libs/media/browser/src/sample.ts',
    text: `import { MediaPlant } from '@deskside/media/server';\nexport const sample: unknown = MediaPlant;\n`,
  },
  'an app imports another app': {
    rule: boundary,
    file: 'apps/customer/src/app/sample.ts',
    text: `import * as dashboard from '../../../dashboard/src/main';\nexport const sample: unknown = dashboard;\n`,
  },
  'a library is imported by its files': {
    rule: 'no-restricted-imports',
    file: 'apps/api/src/chat/sample.ts',
    text: `import { decideChat } from '@deskside/domain/src/chat/chat';\nexport const sample: unknown = decideChat;\n`,
  },
  'the event bus is used': {
    rule: 'no-restricted-imports',
    file: 'apps/api/src/chat/sample.ts',
    text: `import { EventBus } from '@nestjs/cqrs';\nexport const sample: unknown = EventBus;\n`,
  },
  'a test is focused': {
    rule: 'jest/no-focused-tests',
    file: 'libs/domain/src/chat/sample.unit.spec.ts',
    text: `import { expect, it } from '@jest/globals';\nit.only('holds', () => {\n  expect(1).toBe(1);\n});\n`,
  },
  'a browser test is skipped': {
    rule: 'jest/no-disabled-tests',
    file: 'e2e/sample.e2e.ts',
    text: `import { expect, it } from '@jest/globals';\nit.skip('holds', () => {\n  expect(1).toBe(1);\n});\n`,
  },
};

const allowed: Record<string, Omit<Sample, 'rule'>> = {
  'a capability uses the index of another': {
    file: 'libs/domain/src/chat/sample.ts',
    text: `import { isInSession } from '../session-state';\nexport const sample: unknown = isInSession;\n`,
  },
  'the API chooses an adapter': {
    file: 'apps/api/src/log/sample.ts',
    text: `import * as adapter from '@deskside/event-store/sqlite';\nexport const sample: unknown = adapter;\n`,
  },
  'a browser app uses the domain': {
    file: 'apps/dashboard/src/app/sample.ts',
    text: `import { refusalCodes } from '@deskside/domain';\nexport const sample: readonly string[] = refusalCodes;\n`,
  },
  'media in the browser uses the rights': {
    file: 'libs/media/browser/src/sample.ts',
    text: `import { noMediaRights } from '@deskside/media';\nexport const sample: unknown = noMediaRights;\n`,
  },
  'the command bus is used': {
    file: 'apps/api/src/chat/sample.ts',
    text: `import { CommandBus } from '@nestjs/cqrs';\nexport const sample: unknown = CommandBus;\n`,
  },
};

function lint(samples: readonly Omit<Sample, 'rule'>[]): string[][] {
  const { stdout, stderr, status } = spawnSync(process.execPath, [join(import.meta.dirname, 'lint-texts.mjs')], {
    input: JSON.stringify(samples),
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`${stdout}\n${stderr}`);
  return JSON.parse(stdout.slice(stdout.lastIndexOf('\n'))) as string[][];
}

const broken = new Map<string, string[] | undefined>();

beforeAll(() => {
  const samples = { ...forbidden, ...allowed };
  const answers = lint(Object.values(samples));
  Object.keys(samples).forEach((name, i) => broken.set(name, answers[i]));
}, 60_000);

describe('lint fails when', () => {
  it.each(Object.entries(forbidden))('%s', (name, { rule }) => {
    expect(broken.get(name)).toEqual([rule]);
  });
});

describe('lint passes when', () => {
  it.each(Object.keys(allowed))('%s', (name) => {
    expect(broken.get(name)).toEqual([]);
  });
});

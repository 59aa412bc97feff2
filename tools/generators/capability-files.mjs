/** @param {string} name hyphenated */
function namesOf(name) {
  const camel = name.replace(/-(.)/g, (_, letter) => letter.toUpperCase());
  return { name, camel, pascal: camel.charAt(0).toUpperCase() + camel.slice(1) };
}

/** @typedef {ReturnType<typeof namesOf>} Names */

const events = (/** @type {Names} */ { camel, pascal }) => `import * as v from 'valibot';
import { auditorsOnly, declareEvent, uuid } from '../events';
import type { EventOf } from '../events';

/** An example to rename: what happened, in the past tense and in the field's own words. */
export const ${pascal}Opened = declareEvent({
  type: '${pascal}Opened',
  version: 1,
  payload: v.object({ ${camel}Id: uuid }),
  personal: {},
  visibleTo: () => auditorsOnly,
});

export type ${pascal}Event = EventOf<typeof ${pascal}Opened>;
`;

const decider = (/** @type {Names} */ { name, camel, pascal }) => `import { accept } from '../decider';
import type { Command, Decider, Decision, Recorded } from '../decider';
import type { ${pascal}Event } from './${name}-events';

export type ${pascal} = { readonly status: 'absent' } | { readonly status: 'open'; readonly ${camel}Id: string };

export type ${pascal}Command = Command<'Open${pascal}', { readonly ${camel}Id: string }>;

/** The streams \`${camel}-<id>\`. */
export const ${camel}: Decider<${pascal}Command, ${pascal}Event, ${pascal}> = {
  initialState: () => ({ status: 'absent' }),
  evolve,
  decide,
};

function evolve(_state: ${pascal}, event: Recorded<${pascal}Event>): ${pascal} {
  return { status: 'open', ${camel}Id: event.payload.${camel}Id };
}

function decide(command: ${pascal}Command, state: ${pascal}): Decision<${pascal}Event> {
  if (state.status === 'open') return accept();
  return accept({ type: '${pascal}Opened', payload: command.payload });
}
`;

const rules = (/** @type {Names} */ { name, camel, pascal }) => `import { describe, it } from '@jest/globals';
import { given, id } from '../test-support/given-when-then';
import { ${camel} } from './${name}';

const open = { type: 'Open${pascal}', payload: { ${camel}Id: id(1) } } as const;
const opened = { type: '${pascal}Opened', payload: { ${camel}Id: id(1) } } as const;

describe('Open${pascal}', () => {
  it('opens what is not there', () => {
    given(${camel}).when(open).then(opened);
  });

  it('stays quiet when it is open', () => {
    given(${camel}, opened).when(open).thenNothing();
  });
});
`;

const index = (/** @type {Names} */ { name }) => `export * from './${name}';
export * from './${name}-events';
`;

const handler = (/** @type {Names} */ { camel, pascal }) => `import { Inject } from '@nestjs/common';
import { CommandHandler } from '@nestjs/cqrs';
import type { ICommandHandler } from '@nestjs/cqrs';
import { ${camel} } from '@deskside/domain';
import type { ${pascal}Command } from '@deskside/domain';
import type { StreamName } from '@deskside/event-store';
import { AccessJournal } from '../access/access-journal';
import type { StaffCaller } from '../command-path/caller';
import type { Handled } from '../command-path/command-path';
import { derivedId } from '../command-path/derived-id';
import type { Outcome } from '../command-path/outcome';
import { NODE } from '../node/deskside-node';
import type { DesksideNode } from '../node/deskside-node';

export class Open${pascal} {
  constructor(
    readonly caller: StaffCaller,
    readonly commandId: string,
  ) {}
}

@CommandHandler(Open${pascal})
export class Open${pascal}Handler implements ICommandHandler<Open${pascal}, Outcome<Handled<unknown>>> {
  constructor(
    @Inject(NODE) private readonly node: DesksideNode,
    private readonly journal: AccessJournal,
  ) {}

  async execute({ caller, commandId }: Open${pascal}): Promise<Outcome<Handled<unknown>>> {
    const denied = await this.journal.authorise(caller, 'session.serve', 'Open${pascal}');
    if (denied) return denied;
    const ${camel}Id = derivedId('${camel}', caller.accountId, commandId);
    const stream = \`${camel}-\${${camel}Id}\` as StreamName;
    const command = { type: 'Open${pascal}', payload: { ${camel}Id } } as ${pascal}Command;
    return this.node.commands.handle(${camel}, { stream, caller, commandId }, command);
  }
}
`;

const resolver = (/** @type {Names} */ { name, pascal }) => `import { Inject } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { Args, Context, Mutation, Resolver } from '@nestjs/graphql';
import { answer } from '../command-path/outcome';
import type { Receipt } from '../graphql/generated/staff';
import { signedIn } from '../graphql/staff-context';
import type { StaffContext } from '../graphql/staff-context';
import { Open${pascal} } from './${name}.handlers';

@Resolver()
export class ${pascal}Resolver {
  constructor(@Inject(CommandBus) private readonly bus: CommandBus) {}

  @Mutation('open${pascal}')
  async open${pascal}(@Context() context: StaffContext, @Args('commandId') commandId: string): Promise<Receipt> {
    return answer(await this.bus.execute(new Open${pascal}(signedIn(context), commandId)));
  }
}
`;

const component = (
  /** @type {Names} */ { name, pascal },
) => `import { ChangeDetectionStrategy, Component } from '@angular/core';

@Component({
  selector: 'ds-${name}',
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: \`<ng-content />\`,
})
export class ${pascal} {}
`;

/** New files of a capability, by path. @param {string} name @returns {Record<string, string>} */
export function capabilityFiles(name) {
  const names = namesOf(name);
  return {
    [`libs/domain/src/${name}/${name}-events.ts`]: events(names),
    [`libs/domain/src/${name}/${name}.ts`]: decider(names),
    [`libs/domain/src/${name}/${name}.unit.spec.ts`]: rules(names),
    [`libs/domain/src/${name}/index.ts`]: index(names),
    [`apps/api/src/${name}/${name}.handlers.ts`]: handler(names),
    [`apps/api/src/${name}/${name}.resolver.ts`]: resolver(names),
    [`apps/dashboard/src/app/${name}/${name}.ts`]: component(names),
  };
}

/** Files that must know of it, each with how its text changes. @param {string} name */
export function capabilityEdits(name) {
  const { camel } = namesOf(name);
  return {
    'libs/domain/src/index.ts': (/** @type {string} */ text) => `${text.trimEnd()}\nexport * from './${name}';\n`,
    'libs/domain/src/event-registry/event-registry.ts': (/** @type {string} */ text) =>
      text
        .replace(/(?=import type )/, `import * as ${camel} from '../${name}';\n`)
        .replace(/(const modules = \[[^\]]*?),?(\s*\])/, `$1, ${camel}$2`),
  };
}

/** What is left to whoever asked for it. @param {string} name */
export function nextSteps(name) {
  const { pascal } = namesOf(name);
  return [
    `Name the command and the event in libs/domain/src/${name} as the field does, and write the rules as tests first.`,
    `Declare the mutation open${pascal} in apps/api/schema/staff.graphql.`,
    `Add Open${pascal}Handler and ${pascal}Resolver to apps/api/src/app.module.ts.`,
    `Give the component in apps/dashboard/src/app/${name} a route, and its texts to apps/dashboard/src/i18n.`,
    'Say in CHANGELOG.md what a user notices.',
  ];
}

import type { Command } from '../decider';
import type { Access, Capability, ChoiceFailure, Surface } from '../session-state';

export type ConsentCommand =
  | Command<
      'RequestPermission',
      { readonly requestId: string; readonly capability: Capability; readonly access: Access; readonly by: string }
    >
  | Command<
      'ShowRequest' | 'ExtendRequest' | 'ApproveRequest' | 'DenyRequest' | 'WithdrawRequest',
      { readonly requestId: string; readonly by: string }
    >
  | Command<'ReportNothingChosen', { readonly requestId: string; readonly by: string; readonly reason: ChoiceFailure }>
  | Command<
      'GrantPermission',
      { readonly requestId: string; readonly grantId: string; readonly by: string; readonly surface: Surface }
    >
  | Command<'TimeOutRequest', { readonly requestId: string }>
  | Command<'RevokePermission', { readonly grantId: string; readonly by: string }>
  | Command<
      'EndPermission',
      {
        readonly grantId: string;
        readonly by: string;
        readonly reason: 'endedByViewer' | 'captureEnded' | 'pageClosed';
      }
    >
  | Command<
      'ResumePermission',
      { readonly endedGrantId: string; readonly grantId: string; readonly by: string; readonly surface: Surface }
    >;

export type CommandOf<Type extends ConsentCommand['type']> = Extract<ConsentCommand, { type: Type }>;

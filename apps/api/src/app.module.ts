import { Module } from '@nestjs/common';
import type { DynamicModule, Provider } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { GraphQLModule } from '@nestjs/graphql';
import { ApolloDriver } from '@nestjs/apollo';
import { AccessJournal } from './access/access-journal';
import { ChangeAccountHandler, InviteAccountHandler, IssueAccountLinkHandler } from './accounts/accounts.handlers';
import { AccountsResolver } from './accounts/accounts.resolver';
import { PeopleNames } from './accounts/people-names';
import { TakePartInAudioHandler } from './audio/audio.handlers';
import { AudioResolver } from './audio/audio.resolver';
import { CustomerAudioResolver } from './audio/customer-audio.resolver';
import { AuditResolver } from './audit/audit.resolver';
import { SessionHistories } from './audit/session-histories';
import { SendChatMessageHandler, TakeBackChatMessageHandler } from './chat/chat.handlers';
import { ChatResolver } from './chat/chat.resolver';
import { CustomerChatResolver } from './chat/customer-chat.resolver';
import { Claims } from './claims/claims';
import { CLOCK } from './clock/clock';
import {
  AnswerRequestHandler,
  GrantPermissionHandler,
  ReportNothingChosenHandler,
  RequestPermissionHandler,
  WithdrawRequestHandler,
} from './consent/consent.handlers';
import { ConsentResolver } from './consent/consent.resolver';
import { CustomerConsentResolver } from './consent/customer-consent.resolver';
import { EndPermissionHandler, RevokePermissionHandler } from './consent/ending.handlers';
import { CustomerDeviceResolver } from './device/customer-device.resolver';
import { DescribeDeviceHandler } from './device/device.handlers';
import { ErasePersonalDataHandler } from './erasure/erasure.handlers';
import { ErasureResolver } from './erasure/erasure.resolver';
import { Erasures } from './erasure/erasures';
import type { EndpointSockets } from './graphql/endpoint-sockets';
import { customerEndpoint, staffEndpoint } from './graphql/endpoints';
import { HealthController } from './health/health.controller';
import { MetricsController } from './health/metrics.controller';
import { InvitationResolver } from './invitation/invitation.resolver';
import { ChangeInvitationHandler, InviteCustomerHandler } from './invitation/invitation.handlers';
import { Invitations } from './invitation/invitations';
import { CommandPath } from './command-path/command-path';
import { CustomerBearers } from './joining/customer-bearers';
import { CustomerJoiningResolver } from './joining/customer-joining.resolver';
import { Door } from './joining/door';
import {
  AnswerJoinRequestHandler,
  JoinSessionHandler,
  LeaveSessionHandler,
  RemoveParticipantHandler,
} from './joining/joining.handlers';
import { JoiningResolver } from './joining/joining.resolver';
import { SessionPreviews } from './joining/session-previews';
import { SendTestMailHandler } from './mail/mail.handlers';
import { MailResolver } from './mail/mail.resolver';
import { CustomerMediaAccessResolver } from './media/customer-media-access.resolver';
import { MediaAccess } from './media/media-access';
import { MediaAccessResolver } from './media/media-access.resolver';
import { MediaReconciler } from './media/reconciler';
import { WebhookController } from './media/webhook.controller';
import { NODE } from './node/deskside-node';
import type { DesksideNode } from './node/deskside-node';
import { SaveNoteHandler } from './notes/notes.handlers';
import { NotesResolver } from './notes/notes.resolver';
import { PublicUrl } from './node/public-url';
import { ManageProjectionHandler } from './projections/projections.handlers';
import { ProjectionsResolver } from './projections/projections.resolver';
import { CustomerReportingResolver } from './reporting/customer-reporting.resolver';
import { ReportSessionHandler, ReviewSessionReportHandler } from './reporting/reporting.handlers';
import { ReportingResolver } from './reporting/reporting.resolver';
import { CsrActivityReports } from './reports/csr-activity-reports';
import { ReportsResolver } from './reports/reports.resolver';
import { SignInResolver } from './sign-in/sign-in.resolver';
import { CustomerSiteResolver } from './site/customer-site.resolver';
import { Site } from './site/site';
import { ChangeSiteSettingsHandler } from './site/site.handlers';
import { SiteResolver } from './site/site.resolver';
import { SessionListResolver } from './support-session/session-list.resolver';
import { SessionSummaries } from './support-session/session-summaries';
import { Sessions } from './support-session/sessions';
import { EndSessionHandler, StartOutboundSessionHandler } from './support-session/support-session.handlers';
import { SupportSessionResolver } from './support-session/support-session.resolver';

const handlers = [
  AnswerJoinRequestHandler,
  AnswerRequestHandler,
  ChangeAccountHandler,
  ChangeInvitationHandler,
  ChangeSiteSettingsHandler,
  DescribeDeviceHandler,
  EndPermissionHandler,
  EndSessionHandler,
  ErasePersonalDataHandler,
  GrantPermissionHandler,
  InviteAccountHandler,
  InviteCustomerHandler,
  IssueAccountLinkHandler,
  JoinSessionHandler,
  LeaveSessionHandler,
  ManageProjectionHandler,
  RemoveParticipantHandler,
  ReportNothingChosenHandler,
  ReportSessionHandler,
  RequestPermissionHandler,
  ReviewSessionReportHandler,
  RevokePermissionHandler,
  SaveNoteHandler,
  SendChatMessageHandler,
  SendTestMailHandler,
  StartOutboundSessionHandler,
  TakeBackChatMessageHandler,
  TakePartInAudioHandler,
  WithdrawRequestHandler,
];

/** The node's own parts, under the names that handlers ask for. */
function partsOf(node: DesksideNode, publicUrl: PublicUrl): Provider[] {
  return [
    { provide: NODE, useValue: node },
    { provide: PublicUrl, useValue: publicUrl },
    { provide: CLOCK, useValue: node.clock },
    { provide: AccessJournal, useValue: node.journal },
    { provide: Claims, useValue: node.claims },
    { provide: Sessions, useValue: node.sessions },
    { provide: Site, useValue: node.site },
    { provide: PeopleNames, useValue: node.names },
    { provide: CustomerBearers, useValue: node.bearers },
    { provide: CommandPath, useValue: node.commands },
    { provide: Door, useValue: node.door },
    { provide: Invitations, useValue: node.invitations },
    { provide: Erasures, useValue: node.erasures },
    { provide: MediaAccess, useValue: new MediaAccess(node) },
    { provide: MediaReconciler, useValue: node.mediaReconciler },
  ];
}

@Module({})
class NodeModule {
  static around(node: DesksideNode, publicUrl: PublicUrl): DynamicModule {
    const parts = partsOf(node, publicUrl);
    return {
      module: NodeModule,
      imports: [CqrsModule.forRoot()],
      providers: [...parts, ...handlers, SessionSummaries, SessionPreviews, SessionHistories],
      exports: [CqrsModule, SessionSummaries, SessionPreviews, SessionHistories, ...parts],
    };
  }
}

/** What staff can ask for at `/graphql/staff`. */
@Module({
  providers: [
    SiteResolver,
    SignInResolver,
    AccountsResolver,
    SupportSessionResolver,
    SessionListResolver,
    ReportsResolver,
    CsrActivityReports,
    InvitationResolver,
    JoiningResolver,
    ReportingResolver,
    MailResolver,
    ChatResolver,
    ConsentResolver,
    AudioResolver,
    NotesResolver,
    MediaAccessResolver,
    AuditResolver,
    ErasureResolver,
    ProjectionsResolver,
  ],
})
export class StaffModule {}

/** What customers can ask for at `/graphql/customer`. */
@Module({
  providers: [
    CustomerSiteResolver,
    CustomerJoiningResolver,
    CustomerReportingResolver,
    CustomerChatResolver,
    CustomerConsentResolver,
    CustomerAudioResolver,
    CustomerDeviceResolver,
    CustomerMediaAccessResolver,
  ],
})
export class CustomerModule {}

@Module({})
export class AppModule {
  static around(node: DesksideNode, publicUrl: PublicUrl, sockets: EndpointSockets): DynamicModule {
    const core = { ...NodeModule.around(node, publicUrl), global: true };
    const parts = { node, publicUrl, sockets };
    return {
      module: AppModule,
      imports: [
        core,
        StaffModule,
        CustomerModule,
        GraphQLModule.forRootAsync({ driver: ApolloDriver, useFactory: () => staffEndpoint(parts, [StaffModule]) }),
        GraphQLModule.forRootAsync({
          driver: ApolloDriver,
          useFactory: () => customerEndpoint(parts, [CustomerModule]),
        }),
      ],
      controllers: [HealthController, MetricsController, WebhookController],
    };
  }
}

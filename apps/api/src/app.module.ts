import { Module, type DynamicModule } from '@nestjs/common';
import { AdministratorsModule } from './features/administrators/administrators.module';
import { AccessModule } from './features/access/access.module';
import { AgentsModule } from './features/agents/agents.module';
import { AlarmsModule } from './features/alarms/alarms.module';
import { ApiTokensModule } from './features/api-tokens/api-tokens.module';
import { AuditModule } from './features/audit/audit.module';
import { AuthModule } from './features/auth/auth.module';
import { CamerasModule } from './features/cameras/cameras.module';
import { CustomFieldsModule } from './features/custom-fields/custom-fields.module';
import { DevicesModule } from './features/devices/devices.module';
import { DoorCommandsModule } from './features/door-commands/door-commands.module';
import { DoorsModule } from './features/doors/doors.module';
import { EnrolmentInvitationsModule } from './features/enrolment-invitations/enrolment-invitations.module';
import { EnrolmentModule } from './features/enrolment/enrolment.module';
import { LocalPeopleModule } from './features/local-people/local-people.module';
import { EventPicturesModule } from './features/event-pictures/event-pictures.module';
import { EventsModule } from './features/events/events.module';
import { FloorPlansModule } from './features/floor-plans/floor-plans.module';
import { GroupsModule } from './features/groups/groups.module';
import { LiveModule } from './features/live/live.module';
import { OverviewModule } from './features/overview/overview.module';
import { PeopleImportsModule } from './features/people-imports/people-imports.module';
import { PeopleLifecycleModule } from './features/people-lifecycle/people-lifecycle.module';
import { FirstRunModule } from './features/first-run/first-run.module';
import { SetupModule } from './features/setup/setup.module';
import { WebhooksModule } from './features/webhooks/webhooks.module';
import { VisitorsModule } from './features/visitors/visitors.module';
import { PeopleModule } from './features/people/people.module';
import { ConsentsModule } from './features/consents/consents.module';
import { ModelsModule } from './features/models/models.module';
import { ReportsModule } from './features/reports/reports.module';
import { RetentionModule } from './features/retention/retention.module';
import { PrivacyModule } from './features/privacy/privacy.module';
import { SecretsModule } from './features/secrets/secrets.module';
import { PlatformModule, type PlatformParts } from './platform/platform.module';

/** The whole application. */
@Module({})
export class AppModule {
  static forRoot(parts: PlatformParts): DynamicModule {
    return {
      module: AppModule,
      imports: [
        PlatformModule.forRoot(parts),
        AdministratorsModule,
        AccessModule,
        AgentsModule,
        AlarmsModule,
        ApiTokensModule,
        AuditModule,
        AuthModule,
        CamerasModule,
        CustomFieldsModule,
        DevicesModule,
        DoorCommandsModule,
        DoorsModule,
        EnrolmentModule,
        LocalPeopleModule,
        EventPicturesModule,
        EventsModule,
        FloorPlansModule,
        GroupsModule,
        LiveModule,
        OverviewModule,
        PeopleImportsModule,
        PeopleLifecycleModule,
        PeopleModule,
        FirstRunModule,
        SetupModule,
        VisitorsModule,
        EnrolmentInvitationsModule,
        WebhooksModule,
        ConsentsModule,
        ModelsModule,
        PrivacyModule,
        ReportsModule,
        RetentionModule,
        SecretsModule,
      ],
    };
  }
}

import { Module } from '@nestjs/common';
import { WebhookOutboxModule } from '../webhooks/webhook-outbox.module';
import { AlarmRaiser } from './alarm-raiser';
import { AlarmsController } from './alarms.controller';
import { AlarmsRepository } from './alarms.repository';
import { AlarmsService } from './alarms.service';

@Module({
  imports: [WebhookOutboxModule],
  controllers: [AlarmsController],
  providers: [AlarmRaiser, AlarmsRepository, AlarmsService],
  exports: [AlarmRaiser, AlarmsService],
})
export class AlarmsModule {}

import { Module } from '@nestjs/common';
import { DoorsModule } from '../doors/doors.module';
import { DeviceKeys } from './device-keys';
import { DevicesController } from './devices.controller';
import { DevicesRepository } from './devices.repository';
import { PairingController } from './pairing.controller';
import { PairingService } from './pairing.service';

@Module({
  imports: [DoorsModule],
  controllers: [DevicesController, PairingController],
  providers: [DeviceKeys, DevicesRepository, PairingService],
  exports: [DeviceKeys],
})
export class DevicesModule {}

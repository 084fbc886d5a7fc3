import { Module } from '@nestjs/common';
import { DoorsModule } from '../doors/doors.module';
import { CameraVault } from './camera-vault';
import { CamerasController } from './cameras.controller';
import { CamerasService } from './cameras.service';

@Module({
  imports: [DoorsModule],
  controllers: [CamerasController],
  providers: [CameraVault, CamerasService],
  exports: [CameraVault],
})
export class CamerasModule {}

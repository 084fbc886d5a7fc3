import { Module } from '@nestjs/common';
import { AdministratorsController } from './administrators.controller';
import { AdministratorsRepository } from './administrators.repository';
import { AdministratorsService } from './administrators.service';
import { Invitations } from './invitations';
import { OwnSessionsController } from './own-sessions.controller';
import { RolesController } from './roles.controller';
import { RolesRepository } from './roles.repository';
import { RolesService } from './roles.service';
import { SignInsService } from './sign-ins.service';

@Module({
  controllers: [AdministratorsController, OwnSessionsController, RolesController],
  providers: [
    AdministratorsRepository,
    AdministratorsService,
    Invitations,
    RolesRepository,
    RolesService,
    SignInsService,
  ],
  exports: [Invitations],
})
export class AdministratorsModule {}

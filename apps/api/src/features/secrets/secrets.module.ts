import { Module } from '@nestjs/common';
import { PeopleModule } from '../people/people.module';
import { KeyRotation } from './key-rotation';
import { KeysController } from './keys.controller';
import { KeysService } from './keys.service';
import { SecretWork } from './secret-work';
import { TransformRenewal } from './transform-renewal';

@Module({
  imports: [PeopleModule],
  controllers: [KeysController],
  providers: [KeyRotation, KeysService, SecretWork, TransformRenewal],
})
export class SecretsModule {}

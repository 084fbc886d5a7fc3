import { Module } from '@nestjs/common';
import { PeopleModule } from '../people/people.module';
import { ModelsController } from './models.controller';
import { ModelsRepository } from './models.repository';
import { ModelsService } from './models.service';
import { ReEmbedding } from './re-embedding';

@Module({
  imports: [PeopleModule],
  controllers: [ModelsController],
  providers: [ModelsRepository, ModelsService, ReEmbedding],
})
export class ModelsModule {}

import { Module } from '@nestjs/common';
import { FirstRunController } from './first-run.controller';
import { FirstRunRepository } from './first-run.repository';
import { FirstRunService } from './first-run.service';

@Module({ controllers: [FirstRunController], providers: [FirstRunRepository, FirstRunService] })
export class FirstRunModule {}

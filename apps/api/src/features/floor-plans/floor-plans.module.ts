import { Module } from '@nestjs/common';
import { FloorPlansController } from './floor-plans.controller';
import { FloorPlansRepository } from './floor-plans.repository';
import { FloorPlansService } from './floor-plans.service';

@Module({ controllers: [FloorPlansController], providers: [FloorPlansRepository, FloorPlansService] })
export class FloorPlansModule {}

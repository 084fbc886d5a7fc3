import { overviewSchema } from '@munjigi/contracts';
import { createZodDto } from 'nestjs-zod';

export class OverviewDto extends createZodDto(overviewSchema) {}

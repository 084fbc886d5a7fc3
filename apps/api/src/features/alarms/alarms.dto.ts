import {
  alarmIdSchema,
  alarmSchema,
  alarmsPageSchema,
  alarmsQuerySchema,
  handleAlarmRequestSchema,
} from '@munjigi/contracts';
import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';

export class AlarmParamsDto extends createZodDto(z.object({ id: alarmIdSchema })) {}
export class AlarmDto extends createZodDto(alarmSchema) {}
export class AlarmsQueryDto extends createZodDto(alarmsQuerySchema) {}
export class AlarmsPageDto extends createZodDto(alarmsPageSchema) {}
export class HandleAlarmRequestDto extends createZodDto(handleAlarmRequestSchema) {}

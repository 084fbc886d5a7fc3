import {
  accessLevelIdSchema,
  accessLevelListSchema,
  accessLevelRequestSchema,
  areaIdSchema,
  areaListSchema,
  areaRequestSchema,
  createSiteRequestSchema,
  doorIdSchema,
  doorRulesRequestSchema,
  forgiveRequestSchema,
  groupAccessSchema,
  groupIdSchema,
  holidayCalendarIdSchema,
  holidayCalendarListSchema,
  holidayCalendarRequestSchema,
  keptAccessLevelSchema,
  keptAreaSchema,
  keptDoorRulesSchema,
  keptHolidayCalendarSchema,
  keptLockdownSchema,
  keptScheduleSchema,
  liftLockdownRequestSchema,
  lockdownIdSchema,
  lockdownListSchema,
  lockdownRequestSchema,
  musterQuerySchema,
  musterSchema,
  overrideRequestSchema,
  passTimesQuerySchema,
  passTimesSchema,
  scheduleIdSchema,
  scheduleListSchema,
  scheduleRequestSchema,
  siteIdSchema,
  siteListSchema,
  siteSchema,
  updateSiteRequestSchema,
  whyQuerySchema,
  whySchema,
} from '@munjigi/contracts';
import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';

export class SiteDto extends createZodDto(siteSchema) {}
export class SiteListDto extends createZodDto(siteListSchema) {}
export class CreateSiteRequestDto extends createZodDto(createSiteRequestSchema) {}
export class UpdateSiteRequestDto extends createZodDto(updateSiteRequestSchema) {}
export class SiteParamsDto extends createZodDto(z.object({ id: siteIdSchema })) {}
export class ScheduleDto extends createZodDto(keptScheduleSchema) {}
export class ScheduleListDto extends createZodDto(scheduleListSchema) {}
export class ScheduleRequestDto extends createZodDto(scheduleRequestSchema) {}
export class ScheduleParamsDto extends createZodDto(z.object({ id: scheduleIdSchema })) {}
export class HolidayCalendarDto extends createZodDto(keptHolidayCalendarSchema) {}
export class HolidayCalendarListDto extends createZodDto(holidayCalendarListSchema) {}
export class HolidayCalendarRequestDto extends createZodDto(holidayCalendarRequestSchema) {}
export class HolidayCalendarParamsDto extends createZodDto(z.object({ id: holidayCalendarIdSchema })) {}
export class AccessLevelDto extends createZodDto(keptAccessLevelSchema) {}
export class AccessLevelListDto extends createZodDto(accessLevelListSchema) {}
export class AccessLevelRequestDto extends createZodDto(accessLevelRequestSchema) {}
export class AccessLevelParamsDto extends createZodDto(z.object({ id: accessLevelIdSchema })) {}
export class AreaDto extends createZodDto(keptAreaSchema) {}
export class AreaListDto extends createZodDto(areaListSchema) {}
export class AreaRequestDto extends createZodDto(areaRequestSchema) {}
export class AreaParamsDto extends createZodDto(z.object({ id: areaIdSchema })) {}
export class GroupAccessDto extends createZodDto(groupAccessSchema) {}
export class GroupAccessParamsDto extends createZodDto(z.object({ id: groupIdSchema })) {}
export class DoorRulesDto extends createZodDto(keptDoorRulesSchema) {}
export class DoorRulesRequestDto extends createZodDto(doorRulesRequestSchema) {}
export class DoorRulesParamsDto extends createZodDto(z.object({ id: doorIdSchema })) {}
export class OverrideRequestDto extends createZodDto(overrideRequestSchema) {}
export class LockdownDto extends createZodDto(keptLockdownSchema) {}
export class LockdownListDto extends createZodDto(lockdownListSchema) {}
export class LockdownRequestDto extends createZodDto(lockdownRequestSchema) {}
export class LiftLockdownRequestDto extends createZodDto(liftLockdownRequestSchema) {}
export class LockdownParamsDto extends createZodDto(z.object({ id: lockdownIdSchema })) {}
export class WhyDto extends createZodDto(whySchema) {}
export class WhyQueryDto extends createZodDto(whyQuerySchema) {}
export class PassTimesDto extends createZodDto(passTimesSchema) {}
export class PassTimesQueryDto extends createZodDto(passTimesQuerySchema) {}
export class MusterDto extends createZodDto(musterSchema) {}
export class MusterQueryDto extends createZodDto(musterQuerySchema) {}
export class ForgiveRequestDto extends createZodDto(forgiveRequestSchema) {}

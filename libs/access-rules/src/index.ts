export { AccessRules, type Grant, type RuleLists } from './rules/access-rules';
export { whenMayPass, type PassQuestion, type Period } from './rules/when-may-pass';
export { firstPersonOf, type FirstPerson } from './rules/first-person';
export { ZonedSchedule, type Coverage } from './schedule/zoned-schedule';
export { nextChange, scheduleCovers, type ScheduleOnClock } from './schedule/schedule-questions';
export { TimeZone } from './time/time-zone';
export {
  EMPTY_MEMORY,
  muster,
  restoreMemory,
  UNKNOWN_DOOR,
  type AccessMemory,
  type DoorMemory,
  type Presented,
  type Whereabouts,
} from './memory/memory';
export { remember, rememberAll, type Forgiven, type MemoryEvent } from './memory/remember';
export { effectiveMode, type EffectiveMode, type ModeCause, type ModeQuestion } from './mode/effective-mode';
export { HEALTHY, type DoorHealth } from './health';
export { decideAccess } from './decide/decide-access';
export type { AccessQuestion } from './decide/question';
export type { ShardedMap } from './memory/sharded-map';

import {
  type DoorInputs,
  type DoorSettings,
  type DoorSettingsPatch,
  doorSettingsPatchSchema,
} from '@munjigi/contracts';

/** Settings that are numbers, in the unit that people type them in. */
export const NUMBER_FIELDS = [
  { key: 'unlockMs', unitMs: 1000 },
  { key: 'extendedUnlockMs', unitMs: 1000 },
  { key: 'heldOpenMs', unitMs: 1000 },
  { key: 'extendedHeldOpenMs', unitMs: 1000 },
  { key: 'heldOpenWarningMs', unitMs: 1000 },
  { key: 'relockDelayMs', unitMs: 1000 },
  { key: 'rexUnlockMs', unitMs: 1000 },
  { key: 'revisitPauseMs', unitMs: 1000 },
  { key: 'framesToDecide', unitMs: 1 },
  { key: 'faceSizeMinPx', unitMs: 1 },
  { key: 'inputDebounceMs', unitMs: 1 },
] as const satisfies readonly { readonly key: keyof DoorSettings; readonly unitMs: number }[];

/** The inputs that a door may have, in the order in which they are shown. */
export const INPUTS = [
  'position',
  'rex',
  'tamper',
  'bolt',
  'fire',
] as const satisfies readonly (keyof DoorInputs)[];

export type NumberField = (typeof NUMBER_FIELDS)[number]['key'];

/** Numbers as texts, the way a form has them, whether the door locks once it has closed, and how it is wired. */
export interface SettingsDraft {
  readonly numbers: Readonly<Record<NumberField, string>>;
  readonly relockOnClose: boolean;
  readonly inputs: DoorInputs;
}

/** A door's settings as the form shows them. */
export function draftOfSettings(settings: DoorSettings): SettingsDraft {
  const numbers = NUMBER_FIELDS.map(({ key, unitMs }) => [key, String(settings[key] / unitMs)]);
  return {
    numbers: Object.fromEntries(numbers) as Record<NumberField, string>,
    relockOnClose: settings.relockOnClose,
    inputs: settings.inputs,
  };
}

/** What of the draft differs, and which fields cannot be: nothing is to be saved while there are any. */
export function changeOfSettings(
  settings: DoorSettings,
  draft: SettingsDraft,
): { readonly change: DoorSettingsPatch; readonly wrong: ReadonlySet<string> } {
  const before = draftOfSettings(settings);
  const numbers = NUMBER_FIELDS.filter(({ key }) => draft.numbers[key] !== before.numbers[key]).map(
    ({ key, unitMs }) => {
      const text = draft.numbers[key].trim();
      return [key, text === '' ? Number.NaN : Math.round(Number(text) * unitMs)];
    },
  );
  const change = {
    ...(Object.fromEntries(numbers) as DoorSettingsPatch),
    ...(draft.relockOnClose === before.relockOnClose ? {} : { relockOnClose: draft.relockOnClose }),
    ...(INPUTS.every((name) => draft.inputs[name] === before.inputs[name]) ? {} : { inputs: draft.inputs }),
  };
  const issues = doorSettingsPatchSchema.safeParse(change).error?.issues ?? [];
  return { change, wrong: new Set(issues.map(({ path }) => String(path[0]))) };
}

import { doorSettingsSchema } from '@munjigi/contracts';
import { changeOfSettings, draftOfSettings } from './settings-draft';

const settings = doorSettingsSchema.parse({ unlockMs: 4500 });
const draft = draftOfSettings(settings);
const typed = (key: keyof typeof draft.numbers, text: string) => ({
  ...draft,
  numbers: { ...draft.numbers, [key]: text },
});

describe('the settings of a door in a form', () => {
  it('are in seconds, and change nothing where nothing was touched', () => {
    expect(draft.numbers.unlockMs).toBe('4.5');
    expect(changeOfSettings(settings, draft)).toEqual({ change: {}, wrong: new Set() });
  });

  it('name what was touched alone', () => {
    const both = { ...typed('heldOpenMs', '12.5'), relockOnClose: false };
    expect(changeOfSettings(settings, both).change).toEqual({ heldOpenMs: 12_500, relockOnClose: false });
  });

  it('name the wiring as a whole, once an input of it is another', () => {
    const wired = { ...draft, inputs: { ...draft.inputs, position: 'normally-closed' as const } };
    expect(changeOfSettings(settings, wired).change).toEqual({ inputs: wired.inputs });
  });

  it.each(['', 'x', '-1', '99999'])('refuse %j', (text) => {
    expect(changeOfSettings(settings, typed('unlockMs', text)).wrong).toEqual(new Set(['unlockMs']));
  });
});

import { doorSettingsSchema, type DoorSettings } from '@munjigi/contracts';
import { CASE_CALIBRATION } from '@munjigi/contracts/testing';
import { readableLog } from '../testing/log-lines';
import { ThresholdKeeper } from './keep-threshold';

function keeper(settings: Partial<DoorSettings>, { templateCount = 1, calibrated = true } = {}) {
  const basis = { settings: doorSettingsSchema.parse(settings), templateCount };
  const { log, lines } = readableLog();
  const calibration = calibrated ? CASE_CALIBRATION : undefined;
  const kept = new ThresholdKeeper({ basis, model: { similarityMin: 0.55, calibration }, log });
  const warnings = () => lines.filter(({ level }) => level === 40);
  return { basis, kept, lines, warnings };
}

describe('ThresholdKeeper', () => {
  it('holds the threshold until it is told of a change', () => {
    const { basis, kept } = keeper({ fpirMax: 1e-3 });
    expect(kept.similarityMin).toBeCloseTo(0.3, 9);
    basis.templateCount = 10;
    basis.settings = doorSettingsSchema.parse({ fpirMax: 1e-2 });
    expect(kept.similarityMin).toBeCloseTo(0.3, 9);
    basis.settings = doorSettingsSchema.parse({ fpirMax: 1e-3 });
    kept.update();
    expect(kept.similarityMin).toBeCloseTo(0.4, 3);
  });

  it('warns once of a risk that cannot be promised, with what to do, and again of another', () => {
    const { basis, kept, warnings } = keeper({ fpirMax: 1e-6 }, { templateCount: 1 });
    expect(warnings()).toEqual([]);
    for (const count of [100, 200, 1, 300]) {
      basis.templateCount = count;
      kept.update();
    }
    expect(warnings()).toEqual([
      expect.objectContaining({
        unmet: 'past-data',
        similarityMin: 0.6,
        fpirMax: 1e-6,
        templates: 100,
        whatToDo: expect.stringContaining('npm run calibrate'),
      }),
    ]);
    basis.settings = doorSettingsSchema.parse({ fpirMax: 1e-7 });
    kept.update();
    expect(warnings()).toHaveLength(2);
  });

  it('warns that nobody measured the model, where a risk is set', () => {
    expect(keeper({ fpirMax: 1e-3 }, { calibrated: false }).warnings()).toMatchObject([
      { unmet: 'not-calibrated', similarityMin: 0.55 },
    ]);
    expect(keeper({}, { calibrated: false }).warnings()).toEqual([]);
  });

  it('tells what is in force once for each setting, however often people change', () => {
    const { basis, kept, lines } = keeper({ fpirMax: 1e-3 });
    for (let count = 2; count < 20; count += 1) {
      basis.templateCount = count;
      kept.update();
    }
    basis.settings = doorSettingsSchema.parse({ fpirMax: 1e-3, similarityMin: 0.7 });
    kept.update();
    expect(lines.filter(({ level, msg }) => level === 30 && msg === 'threshold in force')).toMatchObject([
      { reason: 'risk', templates: 1 },
      { reason: 'by-hand', similarityMin: 0.7, templates: 19 },
    ]);
  });
});

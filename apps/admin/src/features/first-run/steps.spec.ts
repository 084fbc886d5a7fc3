import { firstRunSchema, type FirstRun } from '@munjigi/contracts';
import { goldenMessage } from '@munjigi/contracts/testing';
import { stepsOf } from './steps';

const empty: FirstRun = {
  ...firstRunSchema.parse(goldenMessage('firstRun')),
  ...{ doors: 0, doorsHeard: 0, people: 0, enrolled: 0, firstGrantedAt: null },
};
const statesOf = (run: FirstRun, mayPass: boolean) =>
  stepsOf(run, mayPass)
    .map(({ state }) => state[0])
    .join('');

describe('the first steps', () => {
  it.each([
    ['ddnlll', 'with nothing but a site', {}, false],
    ['ddnlll', 'with a door that never came', { doors: 1 }, false],
    ['dddnll', 'with a door', { doors: 1, doorsHeard: 1 }, false],
    ['ddndll', 'with a person before the door', { people: 1, enrolled: 1 }, false],
    ['ddddnl', 'with somebody who may not pass', { doorsHeard: 1, enrolled: 1 }, false],
    ['dddddn', 'with somebody who may pass', { doorsHeard: 1, enrolled: 1 }, true],
    [
      'dddddd',
      'once somebody passed, whatever has gone since',
      { firstGrantedAt: '2026-10-01T00:00:00Z' },
      false,
    ],
  ])('are %s %s', (states, _, changes, mayPass) => {
    expect(statesOf({ ...empty, ...changes }, mayPass)).toBe(states);
  });
});

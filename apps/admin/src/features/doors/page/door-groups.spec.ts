import { type Door, doorSchema } from '@munjigi/contracts';
import { goldenMessage } from '@munjigi/contracts/testing';
import { groupOf, isInView, needsAttention } from './door-groups';

const condition = {
  standing: 'locked',
  position: 'closed',
  alarm: 'normal',
  warning: false,
  tamper: false,
  fireRelease: false,
  hardwareFault: null,
} as const;

const door: Door = {
  ...doorSchema.parse(goldenMessage('door')),
  online: true,
  cameraFault: null,
  condition,
};

describe('the group of a door', () => {
  it.each([
    ['locked', {}, false],
    ['unlocked', { condition: { ...condition, standing: 'unlocked' } }, false],
    ['unlocked', { condition: null, lock: 'unlocked' }, false],
    ['unlocked', { condition: { ...condition, fireRelease: true } }, true],
    ['lockdown', { condition: { ...condition, standing: 'locked-down' } }, false],
    ['fault', { cameraFault: 'dark' }, true],
    ['fault', { condition: { ...condition, hardwareFault: 'no relay' } }, true],
    ['held', { cameraFault: 'dark', condition: { ...condition, alarm: 'door-open-too-long' } }, true],
    ['forced', { condition: { ...condition, alarm: 'door-forced-open' } }, true],
    ['forced', { condition: { ...condition, tamper: true } }, true],
    ['offline', { online: false, cameraFault: 'dark' }, true],
  ] as const)('is %s for %j', (group, changes, attention) => {
    const changed: Door = { ...door, ...changes };
    expect(groupOf(changed)).toBe(group);
    expect(needsAttention(changed)).toBe(attention);
    expect(isInView(changed, group, new Set())).toBe(true);
  });

  it('says nothing of being behind, which the server knows', () => {
    expect(isInView(door, 'behind', new Set())).toBe(false);
    expect(isInView(door, 'behind', new Set([door.id]))).toBe(true);
  });
});

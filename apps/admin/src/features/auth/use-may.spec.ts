import type { Session, SiteId } from '@munjigi/contracts';
import { mayOf } from './use-may';

const here = '018f0000-0000-7000-8000-000000000001' as SiteId;
const there = '018f0000-0000-7000-8000-000000000002' as SiteId;
const permissions: Session['permissions'] = [
  { permission: 'people:read', sites: null },
  { permission: 'alarms:read', sites: [here] },
  { permission: 'doors:read', sites: [] },
];

describe('mayOf', () => {
  const may = mayOf({ permissions });

  it('allows everywhere what is granted in the whole organisation', () => {
    expect([may('people:read'), may('people:read', here), may('people:read', null)]).toEqual([
      true,
      true,
      true,
    ]);
  });

  it('allows at its site alone what is granted there', () => {
    expect([may('alarms:read'), may('alarms:read', here)]).toEqual([true, true]);
    expect([may('alarms:read', there), may('alarms:read', null)]).toEqual([false, false]);
  });

  it('allows nothing else, and nothing before the session is known', () => {
    expect([may('doors:read'), may('people:write'), mayOf(undefined)('people:read')]).toEqual([
      false,
      false,
      false,
    ]);
  });
});

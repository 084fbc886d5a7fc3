import { BUILT_IN_ROLES, PERMISSIONS } from '@munjigi/contracts';
import en from '@/messages/en.json';
import { PERMISSION_GROUPS } from './permission-groups';

describe('permissions', () => {
  it('are each in one group', () => {
    expect(PERMISSION_GROUPS.flatMap(({ permissions }) => permissions).sort()).toEqual(
      [...PERMISSIONS].sort(),
    );
  });

  it('have words, and so have the groups and the built-in roles', () => {
    expect(Object.keys(en.roles.permission).sort()).toEqual([...PERMISSIONS].sort());
    expect(Object.keys(en.roles.group)).toEqual(PERMISSION_GROUPS.map(({ name }) => name));
    expect(Object.keys(en.roles.builtIn)).toEqual([...BUILT_IN_ROLES]);
  });
});

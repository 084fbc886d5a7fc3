import { BUILT_IN_ROLES, PERMISSIONS } from '@munjigi/contracts';
import { Access } from './access';
import { permissionsOf } from './built-in-roles';

const [seoul, busan] = ['site-seoul', 'site-busan'];

describe('Access', () => {
  const access = new Access([
    { permissions: ['people:read'], siteId: null },
    { permissions: ['doors:read', 'doors:write'], siteId: seoul },
    { permissions: ['doors:read'], siteId: busan },
  ]);

  it('allows what a grant allows, where it holds', () => {
    expect(access.mayAt('people:read', busan)).toBe(true);
    expect(access.mayAt('people:read', null)).toBe(true);
    expect(access.mayAt('doors:write', seoul)).toBe(true);
    expect(access.mayAt('doors:write', busan)).toBe(false);
    expect(access.mayAt('doors:write', null)).toBe(false);
    expect(access.may('doors:write')).toBe(true);
    expect(access.may('audit:read')).toBe(false);
  });

  it('says where', () => {
    expect(access.reach('people:read')).toBe('everywhere');
    expect(access.reach('doors:read')).toEqual([seoul, busan]);
    expect(access.reach('audit:read')).toEqual([]);
    expect(access.all()).toContainEqual({ permission: 'doors:write', sites: [seoul] });
  });

  it('refuses with what is missing', () => {
    expect(() => access.require('doors:write', busan)).toThrow(
      expect.objectContaining({ code: 'auth/forbidden', detail: expect.stringContaining('doors:write') }),
    );
    expect(() => access.require('doors:write', seoul)).not.toThrow();
  });

  it('within bounds is never more, and never further', () => {
    const narrow = access.within(['people:read', 'doors:read', 'audit:read'], [busan]);
    expect(narrow.all()).toEqual([
      { permission: 'people:read', sites: [busan] },
      { permission: 'doors:read', sites: [busan] },
    ]);
    expect(narrow.mayAt('people:read', null)).toBe(false);
    expect(access.within(['doors:write'], null).all()).toEqual([
      { permission: 'doors:write', sites: [seoul] },
    ]);
    expect(access.within(['doors:write'], [busan]).all()).toEqual([]);
  });

  it('without grants allows nothing', () => {
    const nobody = new Access([]);
    expect(PERMISSIONS.filter((permission) => nobody.may(permission))).toEqual([]);
  });
});

describe('a built-in role', () => {
  const may = (key: (typeof BUILT_IN_ROLES)[number]) => permissionsOf({ key, permissions: [] });

  it('of the owner may do everything', () => {
    expect(may('owner')).toEqual(PERMISSIONS);
  });

  it('of the auditor changes nothing', () => {
    expect(may('auditor').filter((permission) => /:(write|operate|erase|import)$/.test(permission))).toEqual(
      [],
    );
    expect(may('auditor')).toEqual(
      expect.arrayContaining(['audit:read', 'events:read', 'administrators:read']),
    );
  });

  it('of anybody but the owner makes no administrators', () => {
    const makers = BUILT_IN_ROLES.filter((key) => may(key).includes('administrators:write'));
    expect(makers).toEqual(['owner']);
  });

  it('has each permission once', () => {
    for (const key of BUILT_IN_ROLES) expect(new Set(may(key)).size).toBe(may(key).length);
  });

  it('does not grant what this release does not know', () => {
    const permissions = ['people:read', 'doors:teleport'] as never;
    expect(permissionsOf({ key: null, permissions })).toEqual(['people:read']);
    expect(permissionsOf({ key: 'emperor' as never, permissions: [] })).toEqual([]);
  });
});

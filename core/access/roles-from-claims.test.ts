import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ROLES } from './may.ts';
import { type RoleMapping, rolesFromClaims } from './roles-from-claims.ts';

const MAP: readonly RoleMapping[] = [
  { value: 'Sales', role: 'salesAgent' },
  { value: 'Admins', role: 'adminAgent' },
  { value: 'Admins', role: 'userManagementAdmin' },
];

describe('the claims of a provider give roles', () => {
  it.each([
    ['a list of texts', { groups: ['Sales', 'Guests'] }, 'groups', ['salesAgent']],
    ['one text', { groups: 'Sales' }, 'groups', ['salesAgent']],
    ['a value that gives two roles', { groups: ['Admins'] }, 'groups', ['userManagementAdmin', 'adminAgent']],
    [
      'a claim inside an object, as Keycloak has it',
      { realm_access: { roles: ['Sales'] } },
      'realm_access.roles',
      ['salesAgent'],
    ],
    [
      'a claim whose own name has dots',
      { 'https://example.com/roles': ['Sales'] },
      'https://example.com/roles',
      ['salesAgent'],
    ],
  ])('by %s', (_case, claims, claim, roles) => {
    expect(rolesFromClaims(claims, claim, MAP)).toEqual(roles);
  });

  it.each([
    ['no such claim', { groups: ['Sales'] }, 'roles'],
    ['a value in another case', { groups: ['sales'] }, 'groups'],
    ['our own name of a role', { groups: ['globalAdmin'], roles: ['globalAdmin'] }, 'groups'],
    ['no text', { groups: [{ value: 'Sales' }, ['Sales'], 1, null] }, 'groups'],
    ['what every object has', {}, 'constructor.name'],
    ['groups that are only referred to', { _claim_names: { groups: 'src1' } }, 'groups'],
  ])('but none by %s', (_case, claims, claim) => {
    expect(rolesFromClaims(claims, claim, MAP)).toEqual([]);
  });

  it('never one that the map does not name for a value that is there', () => {
    const value = fc.constantFrom('Sales', 'Admins', 'globalAdmin', '', 'constructor', '__proto__');
    const map = fc.array(fc.record({ value, role: fc.constantFrom(...ROLES) }));
    fc.assert(
      fc.property(fc.array(fc.oneof(value, fc.jsonValue())), map, (values, mapping) => {
        for (const role of rolesFromClaims({ groups: values }, 'groups', mapping)) {
          expect(mapping.some((line) => line.role === role && values.includes(line.value))).toBe(true);
        }
      }),
    );
  });
});

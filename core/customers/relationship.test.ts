import { describe, expect, it } from 'vitest';
import { DAP, GDAP, NOW } from '../upgrades/upgrade-facts.fixture.ts';
import {
  type DelegatedPrivileges,
  DIRECTORY_ROLES,
  type DirectoryAct,
  findDirectoryGap,
  findPrivilegeGaps,
  roleToRequest,
} from './relationship.ts';

const BASIC = ['exchange', 'sharePoint', 'teams'];
const moment = (text: string) => Temporal.Instant.from(text);

function gapsOf(privileges: DelegatedPrivileges[], act: DirectoryAct = 'upgrade_with_license_transfer') {
  return findPrivilegeGaps(privileges, BASIC, act, NOW);
}

describe('delegated admin privileges (condition 2, S12)', () => {
  it('are missing altogether where nothing was granted', () => {
    expect(gapsOf([])).toEqual([{ cause: 'none' }]);
  });

  it.each(['upgrade_only', 'upgrade_with_license_transfer', 'assign_license'] as const)(
    'of the old kind allow %s without a role and without an end (R12)',
    (act) => {
      expect(gapsOf([DAP], act)).toEqual([]);
    },
  );

  it.each([
    ['upgrade_only', ['directoryReader', 'globalReader', 'directoryWriter']],
    ['upgrade_with_license_transfer', ['directoryWriter']],
    ['assign_license', ['directoryWriter', 'licenseAdministrator', 'userAdministrator']],
  ] as const)('of the granular kind allow %s with one of the roles %j (5.2)', (act, enough) => {
    const allowed = DIRECTORY_ROLES.filter((role) => gapsOf([{ ...GDAP, roles: [role] }], act).length === 0);
    expect(allowed).toEqual(enough);
    expect(gapsOf([{ ...GDAP, roles: [] }], act)).toEqual([{ cause: 'role-missing', families: BASIC }]);
    expect(enough).toContain(roleToRequest(act));
  });

  it('are asked for each service by itself', () => {
    expect(gapsOf([{ ...DAP, families: ['exchange'] }])).toEqual([
      { cause: 'not-covered', families: ['sharePoint', 'teams'] },
    ]);
    expect(gapsOf(BASIC.map((family) => ({ ...GDAP, families: [family] })))).toEqual([]);
  });

  it('may come from two relationships that hold one role between them', () => {
    expect(gapsOf([{ ...GDAP, roles: ['globalReader'] }, GDAP])).toEqual([]);
  });

  it('name every gap at once, each with its services', () => {
    const ended = moment('2018-01-15T00:00:00Z');
    const privileges: DelegatedPrivileges[] = [
      { ...GDAP, families: ['sharePoint'], roles: ['globalReader'] },
      { ...GDAP, families: ['teams'], endsAt: ended },
    ];
    expect(gapsOf(privileges)).toEqual([
      { cause: 'not-covered', families: ['exchange'] },
      { cause: 'role-missing', families: ['sharePoint'] },
      { cause: 'lapsed', families: ['teams'], endedAt: ended },
    ]);
  });
});

describe('where both kinds are held (R14)', () => {
  const reader: DelegatedPrivileges = { ...GDAP, roles: ['directoryReader'] };

  it('the granular one wins, even when it grants less', () => {
    expect(gapsOf([DAP, reader])).toEqual([{ cause: 'role-missing', families: BASIC }]);
    expect(gapsOf([reader, DAP], 'upgrade_only')).toEqual([]);
  });

  it('it wins only for the services that it covers', () => {
    expect(gapsOf([DAP, { ...reader, families: ['teams', 'powerBi'] }])).toEqual([
      { cause: 'role-missing', families: ['teams'] },
    ]);
  });

  it('the old kind counts again once the granular one has ended', () => {
    expect(gapsOf([DAP, { ...reader, endsAt: NOW }])).toEqual([]);
  });
});

describe('the time of a granular relationship', () => {
  it('has ended at its last moment, not before', () => {
    expect(gapsOf([{ ...GDAP, endsAt: NOW }])).toEqual([{ cause: 'lapsed', families: BASIC, endedAt: NOW }]);
    expect(gapsOf([{ ...GDAP, endsAt: NOW.add({ milliseconds: 1 }) }])).toEqual([]);
  });

  it('has begun at its first moment, not before; until then it covers nothing, and it has not lapsed', () => {
    expect(gapsOf([{ ...GDAP, startsAt: NOW }])).toEqual([]);
    expect(gapsOf([{ ...GDAP, startsAt: NOW.add({ milliseconds: 1 }) }])).toEqual([
      { cause: 'not-covered', families: BASIC },
    ]);
  });

  it('that ended last is the one named, in whatever order they are kept', () => {
    const earlier = { ...GDAP, endsAt: moment('2017-06-01T00:00:00Z') };
    const later = { ...GDAP, endsAt: moment('2017-12-01T00:00:00Z') };
    const named = [{ cause: 'lapsed', families: BASIC, endedAt: later.endsAt }];
    expect(gapsOf([earlier, later])).toEqual(named);
    expect(gapsOf([later, earlier])).toEqual(named);
  });
});

describe('acts on the customer’s users, which belong to no service', () => {
  const gapOf = (privileges: DelegatedPrivileges[], act: DirectoryAct = 'read_users') =>
    findDirectoryGap(privileges, act, NOW);
  const DIRECTORY = ['directory'];

  it.each(['read_users', 'write_users', 'delete_users', 'read_licenses', 'read_roles', 'write_roles'] as const)(
    '%s needs privileges, and those of the old kind are enough',
    (act) => {
      expect(gapOf([], act)).toEqual({ cause: 'none' });
      expect(gapOf([DAP], act)).toBeUndefined();
    },
  );

  it.each([
    ['read_users', ['directoryReader', 'globalReader', 'directoryWriter', 'userAdministrator']],
    ['write_users', ['directoryWriter', 'userAdministrator']],
    ['delete_users', ['userAdministrator']],
    ['read_licenses', ['directoryReader', 'directoryWriter', 'licenseAdministrator', 'userAdministrator']],
    ['read_skus', ['directoryReader', 'globalReader', 'directoryWriter', 'licenseAdministrator', 'userAdministrator']],
    ['read_roles', ['directoryReader', 'globalReader', 'directoryWriter', 'privilegedRoleAdministrator']],
    ['write_roles', ['privilegedRoleAdministrator']],
  ] as const)('%s needs one of the roles %j of the granular kind (8.2)', (act, enough) => {
    const allowed = DIRECTORY_ROLES.filter((role) => gapOf([{ ...GDAP, roles: [role] }], act) === undefined);
    expect(allowed).toEqual(enough);
    expect(gapOf([{ ...GDAP, roles: [] }], act)).toEqual({ cause: 'role-missing', families: DIRECTORY });
    expect(enough).toContain(roleToRequest(act));
  });

  it('do not ask for which services the privileges are', () => {
    expect(gapOf([{ ...DAP, families: ['exchange'] }])).toBeUndefined();
    expect(gapOf([{ ...GDAP, families: ['teams'] }])).toBeUndefined();
  });

  it('follow the granular kind where both are held, even when it grants less (R14)', () => {
    const reader: DelegatedPrivileges = { ...GDAP, roles: ['directoryReader'] };
    expect(gapOf([DAP, reader], 'write_users')).toEqual({ cause: 'role-missing', families: DIRECTORY });
    expect(
      gapOf(
        [
          { ...DAP, families: ['exchange'] },
          { ...reader, families: ['teams'] },
        ],
        'write_users',
      ),
    ).toEqual({
      cause: 'role-missing',
      families: DIRECTORY,
    });
    expect(gapOf([DAP, { ...reader, endsAt: NOW }], 'write_users')).toBeUndefined();
  });

  it('end with the relationship, and do not begin before it', () => {
    expect(gapOf([{ ...GDAP, endsAt: NOW }])).toEqual({ cause: 'lapsed', families: DIRECTORY, endedAt: NOW });
    const later = { ...GDAP, startsAt: NOW.add({ milliseconds: 1 }) };
    expect(gapOf([later])).toEqual({ cause: 'not-covered', families: DIRECTORY });
  });
});

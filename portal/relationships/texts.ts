import type { RequestOnWire, UseOnWire } from '../../contract/relationships.ts';
import type { TextKey } from '../text.ts';
import type { Tone } from '../ui/StatusBadge.tsx';

type Asked = RequestOnWire['privileges'];
export type DirectoryRole = Asked['roles'][number]['role'];

/** In the order in which they are offered. */
export const ROLE_TEXTS: Readonly<Record<DirectoryRole, TextKey>> = {
  directoryReader: 'entraRole.directoryReader',
  directoryWriter: 'entraRole.directoryWriter',
  globalReader: 'entraRole.globalReader',
  licenseAdministrator: 'entraRole.licenseAdmin',
  userAdministrator: 'entraRole.userAdmin',
  privilegedRoleAdministrator: 'entraRole.privilegedRoleAdmin',
};
export const DIRECTORY_ROLES = Object.keys(ROLE_TEXTS) as DirectoryRole[];

export const SERVICE_TEXTS = {
  exchange: 'service.exchange',
  sharePoint: 'service.sharePoint',
  teams: 'service.teams',
  desktopApps: 'service.desktopApps',
  intune: 'service.intune',
  entraPremium: 'service.entraPremium',
  defenderOffice365: 'service.defenderOffice365',
  defenderEndpoint: 'service.defenderEndpoint',
  defenderCloudApps: 'service.defenderCloudApps',
  informationProtection: 'service.informationProtection',
  windows: 'service.windows',
  phone: 'service.phone',
  audioConferencing: 'service.audioConferencing',
  powerBi: 'service.powerBi',
  project: 'service.project',
  visio: 'service.visio',
} as const satisfies Record<string, TextKey>;
export type Service = keyof typeof SERVICE_TEXTS;
export const SERVICES = Object.keys(SERVICE_TEXTS) as Service[];

export const ACT_TEXTS: Readonly<Record<UseOnWire['act'], TextKey>> = {
  upgrade_only: 'rel.useUpgrade',
  upgrade_with_license_transfer: 'rel.useTransfer',
  assign_license: 'rel.useAssign',
  read_licenses: 'rel.useLicenses',
  read_users: 'rel.useReadUsers',
  write_users: 'rel.useWriteUsers',
  delete_users: 'rel.useDeleteUsers',
  read_roles: 'rel.useReadRoles',
  write_roles: 'rel.useWriteRoles',
};

type Shown = { readonly tone: Tone; readonly text: TextKey };

export const STANDINGS: Readonly<Record<UseOnWire['standing'], Shown>> = {
  granted: { tone: 'success', text: 'priv.granted' },
  partly: { tone: 'warning', text: 'priv.partial' },
  none: { tone: 'danger', text: 'priv.none' },
  'role-missing': { tone: 'danger', text: 'priv.roleMissing' },
  'not-covered': { tone: 'danger', text: 'priv.notCovering' },
  lapsed: { tone: 'danger', text: 'priv.expired' },
};

export const STATES: Readonly<Record<RequestOnWire['state'], Shown>> = {
  open: { tone: 'brand', text: 'rel.stateOpen' },
  expired: { tone: 'neutral', text: 'rel.stateExpired' },
  withdrawn: { tone: 'neutral', text: 'rel.stateWithdrawn' },
  accepted: { tone: 'success', text: 'rel.stateAccepted' },
  declined: { tone: 'danger', text: 'rel.stateDeclined' },
};

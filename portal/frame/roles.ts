import type { z } from 'zod';
import type { role } from '../../contract/values.ts';
import type { TextKey } from '../text.ts';

type Role = z.infer<typeof role>;

export const ROLE_TEXT: Readonly<Record<Role, TextKey>> = {
  globalAdmin: 'role.globalAdmin',
  userManagementAdmin: 'role.userAdmin',
  adminAgent: 'role.adminAgent',
  salesAgent: 'role.salesAgent',
  helpdeskAgent: 'role.helpdeskAgent',
  billingAdmin: 'role.billingAdmin',
};

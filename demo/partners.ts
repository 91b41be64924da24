import type { Role } from '../core/access/may.ts';
import type { NewClient } from '../server/identity/api-client.store.ts';
import type { SeedAgent, SeedPartner } from '../server/sandbox/world.ts';
import { PARTNERS } from './ids.ts';

export const DEMO_PARTNERS: readonly SeedPartner[] = [
  {
    partnerId: PARTNERS.kuzey,
    name: 'Kuzey Bulut A.Ş.',
    domain: 'kuzey.example',
    market: 'TR',
    currency: 'USD',
    language: 'tr',
  },
  {
    partnerId: PARTNERS.dakshin,
    name: 'Dakshin Cloud Pvt Ltd',
    domain: 'dakshin.example',
    market: 'IN',
    currency: 'INR',
    language: 'en',
  },
  {
    partnerId: PARTNERS.westwind,
    name: 'Westwind IT LLC',
    domain: 'westwind.example',
    market: 'TR',
    currency: 'USD',
    language: 'en',
  },
];

export const DEMO_AGENTS: readonly SeedAgent[] = [
  agent('kuzey', 1, 'gulay', 'Gülay Aksoy', 'globalAdmin'),
  agent('kuzey', 2, 'umut', 'Umut Yıldız', 'userManagementAdmin'),
  agent('kuzey', 3, 'aylin', 'Aylin Demir', 'adminAgent'),
  agent('kuzey', 4, 'selim', 'Selim Koç', 'salesAgent'),
  agent('kuzey', 5, 'hale', 'Hale Işık', 'helpdeskAgent'),
  agent('kuzey', 6, 'bora', 'Bora Çetin', 'billingAdmin'),
  agent('kuzey', 7, 'nil', 'Nil Ersoy'),
  agent('dakshin', 1, 'asha', 'Asha Rao', 'adminAgent'),
  agent('westwind', 1, 'wendy', 'Wendy West', 'adminAgent'),
];

function agent(
  partner: keyof typeof PARTNERS,
  number: number,
  name: string,
  displayName: string,
  ...roles: Role[]
): SeedAgent {
  const email = `${name}@${partner}.example`;
  return { partnerId: PARTNERS[partner], agentId: agentId(partner, number), email, displayName, roles };
}

function agentId(partner: keyof typeof PARTNERS, number: number): string {
  const place = { kuzey: 1, dakshin: 2, westwind: 3 }[partner];
  return `a2000000-0000-4000-800${place}-00000000000${number}`;
}

/** `demo-secret`; it opens made-up data alone. */
const SECRET_HASH = 'sha256$zVd_4lYev_I1BdsLsAYwDHzey9RrwOA8RJr6-sosJb8';

export const DEMO_CLIENTS: readonly NewClient[] = [
  { ...apiClient('kuzey', 'demo-kuzey', 'a2000000-0000-4000-8001-000000000101'), ownRoles: ['adminAgent'] },
  apiClient('kuzey', 'demo-kuzey-user', agentId('kuzey', 3)),
  apiClient('dakshin', 'demo-dakshin-user', agentId('dakshin', 1)),
  apiClient('westwind', 'demo-westwind-user', agentId('westwind', 1)),
];

function apiClient(partner: keyof typeof PARTNERS, clientId: string, recordedAs: string): NewClient {
  return { partnerId: PARTNERS[partner], clientId, name: clientId, secretHash: SECRET_HASH, agentId: recordedAs };
}

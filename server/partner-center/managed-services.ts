import { z } from 'zod';
import { REASON_TEXTS } from '../../contract/refusals.ts';
import { listManagedServices } from '../customers/list-managed-services.ts';
import type { Dialect } from './dialect.ts';
import { faultOf } from './fault.ts';
import { collection, collectionOf, kind, resource } from './wire.ts';

/** Links are absent: Microsoft's consoles do not know what is held here. */
const managedService = kind('ManagedService', {
  id: z.string(),
  name: z.string(),
  groupName: z.string().optional(),
});
const OFFICE = new Set(['exchange', 'sharePoint', 'teams', 'desktopApps']);

/** The services of a customer that the partner's privileges reach. */
export function managedServiceResources(dialect: Dialect): void {
  dialect.get(
    '/customers/:customerid/managedservices',
    { summary: 'The services that the partner manages for a customer', answer: collectionOf(managedService) },
    async ({ call, id, wording }) => {
      const listed = await listManagedServices(call, id('customer'));
      if (!listed.ok) throw faultOf(listed.refused, wording);
      const names: Readonly<Record<string, string>> = REASON_TEXTS[wording.language].families;
      const items = listed.value.map((family) =>
        resource(managedService, {
          id: family.charAt(0).toUpperCase() + family.slice(1),
          name: names[family] ?? family,
          groupName: OFFICE.has(family) ? 'Office' : null,
        }),
      );
      return collection(items, `/customers/${id('customer')}/managedservices`);
    },
  );
}

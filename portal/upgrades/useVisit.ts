import { useEffect, useState } from 'react';
import { urlOf } from '../../contract/client.ts';
import { routes } from '../../contract/routes.ts';
import { newId } from '../api/new-id.ts';
import { useAnswer, type Value } from '../api/query.ts';
import { useMay } from '../frame/useSession.ts';

/** Half of how long a visit lasts where the browser slows a hidden tab down. */
const RENEWED_MS = 30_000;

/** Says that this page is open as long as it is, and who else has it open. */
export function useVisit(customerId: string, subscriptionId: string): Value<'visitUpgrade'>['others'] {
  const [visitId] = useState(newId);
  const params = { customerId, subscriptionId, visitId };
  const enabled = useMay('upgrade');
  const { data } = useAnswer('visitUpgrade', { params }, { every: RENEWED_MS, hidden: true, enabled });
  const address = urlOf('leaveUpgrade', { params });
  useEffect(() => {
    if (!enabled) return undefined;
    // The page may be gone before there is an answer.
    const leave = () =>
      void fetch(address, { method: routes.leaveUpgrade.method, keepalive: true }).catch(() => undefined);
    window.addEventListener('pagehide', leave);
    return () => {
      window.removeEventListener('pagehide', leave);
      leave();
    };
  }, [address, enabled]);
  return data?.others ?? [];
}

import type { Call } from '../../contract/client.ts';
import type { Endpoints } from '../../contract/endpoints.ts';
import type { useAddress } from '../ui/useAddress.ts';

export const VIEWS = ['lines', 'next', 'check'] as const;
export type View = (typeof VIEWS)[number];
export type BillingKey = 'tab' | 'sub' | 'month';
export type BillingAddress = ReturnType<typeof useAddress<BillingKey>>;

export function viewOf(given: string | undefined): View {
  return VIEWS.find((one) => one === given) ?? 'lines';
}

type ChargesCall = Call<Endpoints['listCustomerCharges']>;

/** The lines that the address asks for. */
export function callForCharges(customerId: string, get: BillingAddress['get']): ChargesCall {
  const [subscriptionId, month] = [get('sub'), get('month')];
  return { params: { customerId }, query: { ...(subscriptionId && { subscriptionId }), ...(month && { month }) } };
}

export const BILLING_TEXTS = {
  loading: 'charges.loading',
  error: 'charges.errorTitle',
  noPermission: 'billing.noPermTitle',
} as const;

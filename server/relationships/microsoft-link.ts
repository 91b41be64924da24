import type { Request } from './request.store.ts';

/** Microsoft’s own page for the same relationship (R5); with an indirect reseller one acceptance there sets up both (R6). */
export function microsoftLinkOf({
  partnerId,
  indirectReseller,
  privileges,
}: Pick<Request, 'partnerId' | 'indirectReseller' | 'privileges'>): string {
  if (indirectReseller === null) {
    const query = new URLSearchParams({
      invType: 'ResellerRelationship',
      partnerId,
      msppId: '0',
      DAP: String(privileges === 'dap'),
    });
    return `https://admin.microsoft.com/Adminportal/Home?${query.toString()}#/BillingAccounts/partner-invitation`;
  }
  const query = new URLSearchParams({
    type: 'IndirectResellerRelationship',
    id: indirectReseller.tenantId,
    csp: '1',
    msppid: indirectReseller.mpnId,
    indirectCSP: partnerId,
  });
  return `https://portal.office.com/partner/partnersignup.aspx?${query.toString()}`;
}

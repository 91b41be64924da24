/**
 * One service in an offer, e.g. `EXCHANGE_S_STANDARD`. Plans of one family replace each other by tier. A *principal* plan is sold
 * against others of its family; a *companion* comes with almost any product and never conflicts (product decision 12).
 */
export type ServicePlan = {
  readonly planName: string;
  readonly planId: string;
  readonly name: string;
  readonly family: string;
  readonly tier: number;
  readonly role: 'principal' | 'companion';
  /** Plan that must stay enabled for the same user, or this one stops working (W12, DependencyViolation). */
  readonly dependsOn: string | null;
};

/** Plans that one user cannot hold at the same time, except for the pairs named (W12, MutuallyExclusiveViolation). */
export type PlanExclusion = {
  readonly group: string;
  readonly plans: readonly string[];
  readonly allowedTogether: readonly (readonly [string, string])[];
};

/** The first pair of plans, one of each list, that one user cannot hold together. */
export function findExclusion(
  exclusions: readonly PlanExclusion[],
  held: readonly string[],
  added: readonly string[],
): { readonly held: string; readonly added: string } | undefined {
  for (const { plans, allowedTogether } of exclusions) {
    for (const one of held.filter((plan) => plans.includes(plan))) {
      const other = added.find(
        (plan) =>
          plan !== one &&
          plans.includes(plan) &&
          !allowedTogether.some((pair) => pair.includes(one) && pair.includes(plan)),
      );
      if (other) return { held: one, added: other };
    }
  }
  return undefined;
}

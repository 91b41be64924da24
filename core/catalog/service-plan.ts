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

/** Plans, one of each list, that one user cannot hold together: a pair for each group in which there is one (W12). */
export function findExclusions(
  exclusions: readonly PlanExclusion[],
  held: readonly string[],
  added: readonly string[],
): { readonly held: string; readonly added: string }[] {
  return exclusions.flatMap(({ plans, allowedTogether }) => {
    const excludes = (one: string, other: string) =>
      one !== other && !allowedTogether.some((pair) => pair.includes(one) && pair.includes(other));
    const candidates = added.filter((plan) => plans.includes(plan));
    const pairs = held
      .filter((plan) => plans.includes(plan))
      .flatMap((one) =>
        candidates.filter((other) => excludes(one, other)).map((other) => ({ held: one, added: other })),
      );
    return pairs.slice(0, 1);
  });
}

/** What comes, stays and goes between two sets of plans, as service families; `replaces` are plans of kept principal families. */
export type ServiceComparison = {
  readonly gains: readonly string[];
  readonly keeps: readonly string[];
  readonly loses: readonly string[];
  readonly replaces: readonly { readonly from: string; readonly to: string }[];
};

export function compareServices(before: readonly ServicePlan[], after: readonly ServicePlan[]): ServiceComparison {
  const families = new Set(before.map((plan) => plan.family));
  const afterwards = new Set(after.map((plan) => plan.family));
  const keeps = [...families].filter((family) => afterwards.has(family));
  return {
    gains: [...afterwards].filter((family) => !families.has(family)),
    keeps,
    loses: [...families].filter((family) => !afterwards.has(family)),
    replaces: keeps.flatMap((family) => {
      const [from, to] = [principalPlan(before, family), principalPlan(after, family)];
      return from && to && from.planName !== to.planName ? [{ from: from.planName, to: to.planName }] : [];
    }),
  };
}

/** The principal plan of a family that counts: the one of the highest tier. */
function principalPlan(plans: readonly ServicePlan[], family: string): ServicePlan | undefined {
  return plans
    .filter((plan) => plan.family === family && plan.role === 'principal')
    .toSorted((one, other) => other.tier - one.tier)[0];
}

import type { CustomerChargeOnWire } from '../../contract/customer-billing.ts';

/** A line, and how it stands among those of its act. */
export type ShownCharge = CustomerChargeOnWire & {
  readonly customerId: string;
  /** How many lines of its act stand together. */
  readonly joined: number;
  /** The first of several. */
  readonly beginsJoined: boolean;
  /** The last of its act, or the only one. */
  readonly endsAct: boolean;
};

/** What makes lines one: their act, on one day. */
export function actOf({ bookedOn, referenceId }: CustomerChargeOnWire): string {
  return `${bookedOn} ${referenceId}`;
}

/** Says of each line how it stands among those of its act; they come one after the other. */
export function joinActs(customerId: string, lines: readonly CustomerChargeOnWire[]): ShownCharge[] {
  const counts = Map.groupBy(lines, actOf);
  return lines.map((line, index) => {
    const act = actOf(line);
    const isOther = (other: CustomerChargeOnWire | undefined) => other === undefined || actOf(other) !== act;
    const joined = counts.get(act)?.length ?? 1;
    return {
      ...line,
      customerId,
      joined,
      beginsJoined: joined > 1 && isOther(lines[index - 1]),
      endsAct: isOther(lines[index + 1]),
    };
  });
}

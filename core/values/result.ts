/** The answer of a rule: a value, or why not. Bugs throw; what a caller can act on is returned. */
export type Result<Value, Refused> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly refused: Refused };

export function accepted<Value>(value: Value): { readonly ok: true; readonly value: Value } {
  return { ok: true, value };
}

export function refused<Refused>(reason: Refused): { readonly ok: false; readonly refused: Refused } {
  return { ok: false, refused: reason };
}

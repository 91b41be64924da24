import { type Fault, type FaultRule, type FaultsOnWire, isOfWebhooks } from '../../contract/faults.ts';
import { mulberry32 } from './mulberry32.ts';

/** What a sandbox injects: the rules, each with how often it was asked and struck. */
export type FaultSet = Readonly<FaultsOnWire>;
type Rule = FaultSet['rules'][number];

export const NO_FAULTS: FaultSet = { seed: 0, rules: [] };

/** A strike, and the rule's name or its number from 1 up. */
export type Strike = { readonly fault: Fault; readonly rule: string };

/** Rules that nothing has been asked of yet. */
export function freshRules(rules: readonly FaultRule[]): Rule[] {
  return rules.map((rule) => ({ ...rule, asked: 0, struck: 0 }));
}

/**
 * Asks the rules that apply, in their order, until `most` have struck. Each has a sequence of its own, so that the same seed and the same
 * requests give the same strikes, whatever other rules were asked meanwhile.
 */
export function askRules(
  { seed, rules }: FaultSet,
  applies: (rule: Rule) => boolean,
  most: number,
): { readonly faults: FaultSet; readonly strikes: readonly Strike[] } {
  const strikes: Strike[] = [];
  const asked = rules.map((rule, place) => {
    if (strikes.length >= most || isSpent(rule) || !applies(rule)) return rule;
    const hit = mulberry32(seed ^ Math.imul(place + 1, 0x9e3779b1), rule.asked) < rule.probability;
    if (hit) strikes.push({ fault: rule.fault, rule: rule.name ?? String(place + 1) });
    return { ...rule, asked: rule.asked + 1, struck: rule.struck + Number(hit) };
  });
  return { faults: { seed, rules: asked }, strikes };
}

/** Whether a rule has struck as often as it may. */
export function isSpent({ struck, times }: Rule): boolean {
  return times !== undefined && struck >= times;
}

export type StruckRequest = {
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  readonly client: string | undefined;
};

export function appliesToRequest({ on, fault }: FaultRule, { method, path, client }: StruckRequest): boolean {
  return (
    !isOfWebhooks(fault) &&
    (on.method === undefined || on.method === method) &&
    (on.client === undefined || on.client.toLowerCase() === client?.toLowerCase()) &&
    matchesPath(on.path ?? '/**', path)
  );
}

export function appliesToDelivery({ on, fault }: FaultRule, { event }: { readonly event: string }): boolean {
  return isOfWebhooks(fault) && (on.event === undefined || on.event.toLowerCase() === event.toLowerCase());
}

/** What a rule strikes only when its path names it: without these nobody could sign in or see the rules. */
const SPARED = new Set(['sandbox', 'sessions', 'sign-in']);
/** Never struck: it is the way out. */
const WAY_OUT = 'api/sandbox/faults';

function matchesPath(pattern: string, path: string): boolean {
  const wanted = partsOf(pattern);
  const given = partsOf(path);
  return given.join('/') !== WAY_OUT && isNamed(wanted, given) && fits(wanted, given);
}

function partsOf(path: string): string[] {
  return path.toLowerCase().split('/').filter(Boolean);
}

function isNamed(wanted: readonly string[], [root, below = '']: readonly string[]): boolean {
  if (root === 'api') return !SPARED.has(below) || wanted[1] === below;
  return root === 'v1' || wanted.some((part) => !isOpen(part));
}

/** Part by part: the beginning of a path, or the whole of it where the pattern has an open part. */
function fits(wanted: readonly string[], given: readonly string[]): boolean {
  const goesOn = wanted.at(-1) === '**' || !wanted.some(isOpen);
  const head = wanted.filter((part) => part !== '**');
  return (
    (goesOn ? given.length >= head.length : given.length === head.length) &&
    head.every((part, place) => part === '*' || part === given[place])
  );
}

function isOpen(part: string): boolean {
  return part === '*' || part === '**';
}

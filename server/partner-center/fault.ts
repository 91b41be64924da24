import { REASON_TEXTS } from '../../contract/refusals.ts';
import { PROBLEM_TEXTS } from '../../contract/problems.ts';
import type { Language } from '../../contract/values.ts';
import type { LicenseFault } from '../../core/licenses/license.ts';
import { FIELD_TEXTS, type FieldRule } from '../../contract/words.ts';
import type { Refusal, RefusalName } from '../../core/upgrades/refusal.ts';
import type { Failure, Thing } from '../failure.ts';
import { presentRefusal, type Wording } from '../http/reason.presenter.ts';

/** An error of the dialect: an HTTP status, a number, and words without markup. */
export class Fault extends Error {
  readonly status: number;
  readonly code: number;
  /** Of a use case that said no: its code, and the names of the rules against it. */
  refusal: { readonly code: string; readonly reasons: readonly string[] } | undefined;

  constructor(status: number, code: number, description: string) {
    super(description);
    this.status = status;
    this.code = code;
  }
}

/** More requests than this address takes in a while; answered in the gateway's shape. */
export class TooManyRequests extends Error {
  readonly statusCode = 429;
  readonly seconds: number;

  constructor(seconds: number) {
    super('too many requests');
    this.seconds = seconds;
  }
}

const LONGEST = 1024;

export function faultBody({ code, message }: Fault) {
  return { code, description: message.slice(0, LONGEST), data: [], source: 'PartnerFD' };
}

/** The shape that the gateway before the service answers in: unknown routes, and too many requests. */
export function gatewayBody(statusCode: number, message: string) {
  return { statusCode, message };
}

const NOT_FOUND: Readonly<Partial<Record<Thing, number>>> = {
  customer: 60003,
  subscription: 20003,
  user: 60002,
  order: 20000,
  cart: 800008,
};

/** What a use case answered instead of doing it, as the dialect says it. */
export function faultOf(failure: Failure, wording: Wording): Fault {
  const reasons = 'refusals' in failure ? failure.refusals.map(({ name }) => name) : [];
  return Object.assign(wordFault(failure, wording), { refusal: { code: failure.code, reasons } });
}

function wordFault(failure: Failure, wording: Wording): Fault {
  const { language } = wording;
  switch (failure.code) {
    case 'not-found':
      return new Fault(404, NOT_FOUND[failure.thing] ?? 1000, WORDS[language].notFound(failure.thing, failure.id));
    case 'role-not-allowed': {
      const roles = failure.roles.map((role) => REASON_TEXTS[language].roles[role]).join(', ');
      return new Fault(403, 1002, WORDS[language].role(roles));
    }
    case 'refused': {
      const presented = failure.refusals.map((one) => presentRefusal(one, wording));
      const words = presented.map(({ message, remedy }) => `${message} ${remedy}`).join(' ');
      return new Fault(...codeOfRefusals(failure.refusals), words);
    }
    case 'changed-meanwhile':
      return new Fault(400, 2055, WORDS[language].stale);
    case 'cart-already-ordered':
      return new Fault(400, 800065, WORDS[language].ordered);
    case 'quote-outdated':
    case 'quote-expired':
      return new Fault(409, 900278, WORDS[language].busy);
    case 'invalid-field':
      return new Fault(400, CODE_OF_RULE[failure.expected] ?? 3000, invalid(failure.field, failure.expected, language));
    case 'sandbox-only':
      return new Fault(400, 900127, PROBLEM_TEXTS[language]['sandbox-only'].detail);
    default:
      return new Fault(400, 800002, failure.code);
  }
}

/** Broken rules that have a number of their own. */
const CODE_OF_RULE: Readonly<Partial<Record<FieldRule, number>>> = { newAgreement: 600061 };

/** What a rule says of a cursor speaks of our own API. */
function invalid(field: string, expected: FieldRule, language: Language): string {
  return expected === 'cursor' ? WORDS[language].invalid(field) : `${field}: ${FIELD_TEXTS[language].rules[expected]}`;
}

/** Status and number that fit a refusal of a change or a purchase; where several hold, those of the first. */
function codeOfRefusals([first]: readonly Refusal[]): readonly [status: number, code: number] {
  if (first?.name === 'subscription-not-active' && first.status === 'deleted') return [400, 2011];
  return (first && CODES[first.name]) ?? [400, 800002];
}

const CODES: Readonly<Partial<Record<RefusalName, readonly [status: number, code: number]>>> = {
  'quantity-out-of-range': [400, 2002],
  'licenses-still-assigned': [400, 2002],
  'subscription-not-active': [400, 800091],
  'subscription-not-provisioned': [400, 900280],
  'billing-cycle-not-supported': [400, 6001],
  'target-not-priced': [403, 2091],
  'billing-cycle-longer-than-term': [400, 900270],
  'no-upgrade-path': [400, 800020],
  'target-not-listed': [400, 800020],
  'user-context-required': [403, 900316],
  'destination-unknown': [400, 900258],
  'destination-is-source': [400, 900259],
  'destination-of-other-offer': [400, 900260],
  'destination-not-active': [400, 900258],
  'destination-not-ready': [400, 900261],
  'destination-in-window': [400, 900261],
  'destination-term-shorter': [400, 900236],
  'destination-ends-earlier': [400, 900236],
  'users-not-licensed': [400, 60000],
  'reseller-relationship-missing': [403, 20002],
  'offer-unknown': [400, 800004],
  'offer-not-sold': [403, 2085],
  'term-shorter': [400, 800122],
  'trial-term-fixed': [400, 800107],
  'not-suspended': [400, 800040],
  'base-not-active': [409, 27009],
  'auto-renew-off': [400, 800093],
  'renewal-not-changeable': [400, 3000],
  'end-date-matches-nothing': [400, 900246],
  'segment-not-qualified': [403, 800086],
  'offer-end-of-sale': [403, 2091],
  'teams-suite-closed': [403, 800020],
  'add-on-without-base': [400, 800029],
  'offer-is-no-add-on': [400, 800029],
  'renewal-running': [409, 900278],
  'term-not-offered': [400, 800121],
  'tenant-maximum-exceeded': [403, 800088],
  'seats-not-removable': [400, 900257],
  'too-many-updates': [400, 900311],
  'trial-not-changeable': [403, 800027],
  'too-many-subscriptions': [403, 800066],
  'trial-had-before': [400, 27006],
  'end-date-not-supported': [400, 900244],
  'end-date-outside-term': [400, 900245],
  'cancellation-window-passed': [400, 900117],
  'billing-cycle-not-changeable': [400, 800097],
  'delegated-privileges-missing': [403, 900308],
  'delegated-privileges-not-covering': [403, 900308],
  'granular-role-missing': [403, 900308],
  'granular-privileges-lapsed': [403, 900308],
};

/** The number of what keeps a license from a user. */
export function codeOfLicenseFault({ name }: LicenseFault): number {
  return name === 'no-free-license' ? 60012 : 60000;
}

const WORDS: Readonly<
  Record<
    Language,
    {
      notFound: (thing: Thing, id: string) => string;
      role: (roles: string) => string;
      invalid: (field: string) => string;
      stale: string;
      ordered: string;
      busy: string;
    }
  >
> = {
  en: {
    notFound: (thing, id) => `There is no ${REASON_TEXTS.en.things[thing]} ${id} here.`,
    role: (roles) => `Authorization failed. One of these roles is needed: ${roles}.`,
    invalid: (field) => `${field} is not valid. Repeat it as it came, or leave it out.`,
    stale: 'The resource has changed since it was read. Read it again and repeat the change.',
    ordered: 'The cart was checked out before. Look at the orders of the customer, or begin a new cart.',
    busy: 'Another operation on this subscription is running. Try again in a moment.',
  },
  tr: {
    notFound: (_thing, id) => `Burada böyle bir kayıt yok: ${id}.`,
    role: (roles) => `Yetki yok. Şu rollerden biri gerekli: ${roles}.`,
    invalid: (field) => `${field} geçerli değil. Geldiği gibi yineleyin ya da boş bırakın.`,
    stale: 'Kaynak okunduktan sonra değişti. Yeniden okuyup değişikliği yineleyin.',
    ordered: 'Sepet daha önce sipariş edildi. Müşterinin siparişlerine bakın ya da yeni bir sepet açın.',
    busy: 'Bu abonelikte başka bir işlem sürüyor. Birazdan yeniden deneyin.',
  },
};

import { REASON_TEXTS } from '../../contract/refusals.ts';
import type { Language } from '../../contract/values.ts';
import type { Failure, Thing } from '../failure.ts';
import { presentRefusal, type Wording } from '../http/reason.presenter.ts';

/** An error of the dialect: an HTTP status, a number, and words without markup. */
export class Fault extends Error {
  readonly status: number;
  readonly code: number;

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

const NOT_FOUND: Readonly<Partial<Record<Thing, number>>> = { customer: 60003, subscription: 20003 };

/** What a use case answered instead of doing it, as the dialect says it. */
export function faultOf(failure: Failure, wording: Wording): Fault {
  const { language } = wording;
  switch (failure.code) {
    case 'not-found':
      return new Fault(404, NOT_FOUND[failure.thing] ?? 1000, WORDS[language].notFound(failure.thing, failure.id));
    case 'role-not-allowed': {
      const roles = failure.roles.map((role) => REASON_TEXTS[language].roles[role]).join(', ');
      return new Fault(403, 1002, WORDS[language].role(roles));
    }
    case 'refused': {
      const messages = failure.refusals.map((one) => presentRefusal(one, wording).message).join(' ');
      return new Fault(400, codeOfRefusals(failure.refusals.map(({ name }) => name)), messages);
    }
    case 'changed-meanwhile':
      return new Fault(400, 2055, WORDS[language].stale);
    case 'quote-outdated':
    case 'quote-expired':
      return new Fault(409, 900278, WORDS[language].busy);
    case 'invalid-field':
      return new Fault(400, 3000, WORDS[language].invalid(failure.field));
    default:
      return new Fault(400, 800002, failure.code);
  }
}

/** The number that fits a refusal of a change; where several hold, the first. */
function codeOfRefusals([first]: readonly string[]): number {
  switch (first) {
    case 'quantity-out-of-range':
    case 'licenses-still-assigned':
      return 2002;
    case 'subscription-not-active':
      return 800091;
    case 'subscription-not-provisioned':
      return 900280;
    default:
      return 800002;
  }
}

const WORDS: Readonly<
  Record<
    Language,
    {
      notFound: (thing: Thing, id: string) => string;
      role: (roles: string) => string;
      invalid: (field: string) => string;
      stale: string;
      busy: string;
    }
  >
> = {
  en: {
    notFound: (thing, id) => `There is no such ${thing === 'licenseIssue' ? 'license issue' : thing} here: ${id}.`,
    role: (roles) => `Authorization failed. One of these roles is needed: ${roles}.`,
    invalid: (field) => `${field} is not valid. Repeat it as it came, or leave it out.`,
    stale: 'The resource has changed since it was read. Read it again and repeat the change.',
    busy: 'Another operation on this subscription is running. Try again in a moment.',
  },
  tr: {
    notFound: (_thing, id) => `Burada böyle bir kayıt yok: ${id}.`,
    role: (roles) => `Yetki yok. Şu rollerden biri gerekli: ${roles}.`,
    invalid: (field) => `${field} geçerli değil. Geldiği gibi yineleyin ya da boş bırakın.`,
    stale: 'Kaynak okunduktan sonra değişti. Yeniden okuyup değişikliği yineleyin.',
    busy: 'Bu abonelikte başka bir işlem sürüyor. Birazdan yeniden deneyin.',
  },
};

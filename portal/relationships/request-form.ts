import type { Call } from '../../contract/client.ts';
import type { Endpoints } from '../../contract/endpoints.ts';
import type { Language } from '../../contract/values.ts';
import type { DirectoryRole, Service } from './texts.ts';

type Body = Call<Endpoints['requestRelationship']>['body'];

/** What stands in the form, as it was typed. */
export type RequestForm = {
  readonly name: string;
  readonly domain: string;
  readonly to: string;
  readonly include: boolean;
  readonly kind: 'dap' | 'gdap';
  readonly roles: readonly DirectoryRole[];
  readonly days: string;
  readonly limited: boolean;
  readonly services: readonly Service[];
  readonly indirect: boolean;
  readonly reseller: { readonly name: string; readonly tenantId: string; readonly mpnId: string };
  readonly language: Language;
};

/** The roles that upgrades need, unless others were asked for. */
const USUAL_ROLES: readonly DirectoryRole[] = ['directoryReader', 'directoryWriter'];
const USUAL_DAYS = '730';

export function startForm(roles: readonly DirectoryRole[], language: Language): RequestForm {
  return {
    name: '',
    domain: '',
    to: '',
    include: true,
    kind: 'gdap',
    roles: roles.length > 0 ? roles : USUAL_ROLES,
    days: USUAL_DAYS,
    limited: false,
    services: [],
    indirect: false,
    reseller: { name: '', tenantId: '', mpnId: '' },
    language,
  };
}

/** The request that the form asks for; what is wrong in it the server says, field by field. */
export function bodyOf(form: RequestForm, customerId: string | undefined): Body {
  const families = form.limited ? [...form.services] : null;
  const granular = {
    kind: 'gdap' as const,
    roles: [...form.roles],
    days: Number(form.days || Number.NaN),
    families,
  };
  return {
    ...(customerId === undefined ? { customer: { name: form.name, domain: form.domain } } : { customerId }),
    ...(form.to.trim() !== '' && { to: form.to.trim() }),
    ...(form.indirect && { indirectReseller: form.reseller }),
    privileges: !form.include ? { kind: 'none' } : form.kind === 'dap' ? { kind: 'dap', families } : granular,
    language: form.language,
  };
}

const LINK_PLACE = '{link}';

/** The text on both sides of the link. */
export function partsOf(text: string): { readonly before: string; readonly after: string } {
  const [before = '', after = ''] = text.split(LINK_PLACE);
  return { before: before.trim(), after: after.trim() };
}

export function textOf({ before, after }: { readonly before: string; readonly after: string }): string {
  return [before.trim(), LINK_PLACE, after.trim()].filter(Boolean).join('\n\n');
}

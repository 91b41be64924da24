import { campaignFilePlan, campaignPlan, candidateFilter } from '../../contract/campaign-choice.ts';
import type { Call } from '../../contract/client.ts';
import type { Endpoints } from '../../contract/endpoints.ts';
import type { Language } from '../../contract/values.ts';
import { FIELD_TEXTS, issueWords } from '../../contract/words.ts';
import { momentOf } from './moments.ts';

export const BYS = ['filter', 'hand', 'file'] as const;
export type By = (typeof BYS)[number];
type Body = Call<Endpoints['createCampaign']>['body'];
type FileCall = Call<Endpoints['createCampaignFromFile']>;
export type CandidatesQuery = NonNullable<Call<Endpoints['listCampaignCandidates']>['query']>;

/** What stands in the form, as it was typed. */
export type CampaignForm = {
  readonly name: string;
  readonly upgradeType: NonNullable<Body['upgradeType']>;
  readonly search: string;
  /** What a link has named to search by. */
  readonly given: string;
  readonly endsFrom: string;
  readonly endsUntil: string;
  readonly licensesFrom: string;
  readonly licensesUntil: string;
  /** By the subscription its customer. */
  readonly picked: Readonly<Record<string, string>>;
  /** Its bytes as they are in base 64, so that they outlast a reload. */
  readonly file: { readonly name: string; readonly bytes: string } | null;
  readonly later: boolean;
  readonly startsAt: string;
};

/** What of it stands in the address. */
export type Path = { readonly from: string; readonly to: string; readonly by: By };

/** Parts of the form that read and change it; `wrong` is what there is to say of a field of the request. */
export type FormPart = {
  readonly form: CampaignForm;
  readonly path: Path;
  readonly change: (changes: Partial<CampaignForm>) => void;
  readonly move: (changes: Partial<Path>) => void;
  readonly wrong: (field: string, filled: boolean) => string | undefined;
};

const START: CampaignForm = {
  name: '',
  upgradeType: 'upgrade_with_license_transfer',
  search: '',
  given: '',
  endsFrom: '',
  endsUntil: '',
  licensesFrom: '',
  licensesUntil: '',
  picked: {},
  file: null,
  later: false,
  startsAt: '',
};

const KEPT = 'yukselt.campaign';

/** The form as it was left in this tab; a link to it may name what customers are searched by, until something else is typed. */
export function readForm(given = ''): CampaignForm {
  try {
    const kept = { ...START, ...(JSON.parse(sessionStorage.getItem(KEPT) ?? '{}') as Partial<CampaignForm>) };
    return given === kept.given ? kept : { ...kept, given, search: given || kept.search };
  } catch {
    return START;
  }
}

export function keepForm(form: CampaignForm): void {
  try {
    sessionStorage.setItem(KEPT, JSON.stringify(form));
  } catch {
    // A file that a browser has no room for has to be chosen again after a reload; all else is kept.
    sessionStorage.setItem(KEPT, JSON.stringify({ ...form, file: null }));
  }
}

export function forgetForm(): void {
  sessionStorage.removeItem(KEPT);
}

/** The filter without what is not filled in. */
function filterOf(form: CampaignForm, from: string) {
  const { search, endsFrom, endsUntil, licensesFrom, licensesUntil } = form;
  return {
    sourceOfferId: from,
    ...(search.trim() && { search }),
    ...(endsFrom && { endsFrom }),
    ...(endsUntil && { endsUntil }),
    ...(licensesFrom.trim() && { licensesFrom: Number(licensesFrom) }),
    ...(licensesUntil.trim() && { licensesUntil: Number(licensesUntil) }),
  };
}

/** Which subscriptions are to be looked at; undefined while there is something wrong with it. */
export function candidatesOf(form: CampaignForm, { from, by }: Path): CandidatesQuery | undefined {
  const given = by === 'hand' ? filterOf({ ...START, search: form.search }, from) : filterOf(form, from);
  return from !== '' && candidateFilter.safeParse(given).success ? given : undefined;
}

export function bodyOf(form: CampaignForm, { from, to, by }: Path): Body {
  const subscriptions = Object.entries(form.picked).map(([subscriptionId, customerId]) => ({
    customerId,
    subscriptionId,
  }));
  const choose = by === 'hand' ? { by, subscriptions } : { by: 'filter' as const, ...filterOf(form, from) };
  return { ...planOf(form), targetOfferId: to, choose };
}

/** The same beside a file. */
export function fileCallOf(form: CampaignForm, { to }: Path): FileCall {
  return { query: { ...planOf(form), ...(to !== '' && { targetOfferId: to }) }, body: blobOf(form.file?.bytes ?? '') };
}

function planOf(form: CampaignForm) {
  const startsAt = form.later ? momentOf(form.startsAt) : undefined;
  return { name: form.name, upgradeType: form.upgradeType, ...(startsAt && { startsAt }) };
}

export function blobOf(bytes: string): Blob {
  return new Blob([Uint8Array.from(atob(bytes), (one) => one.charCodeAt(0))]);
}

/** The bytes of a file in base 64. */
export async function bytesOf(file: File): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const reader = new FileReader();
  reader.addEventListener('load', () => resolve(reader.result as string));
  reader.addEventListener('error', () => reject(reader.error ?? new Error('the file cannot be read')));
  reader.readAsDataURL(file);
  return (await promise).replace(/^[^,]*,?/, '');
}

/** What the contract finds wrong with the form, by the field of the request. */
export function faultsOf(form: CampaignForm, path: Path, language: Language): ReadonlyMap<string, string> {
  const options = { error: issueWords(language) };
  const read =
    path.by === 'file'
      ? campaignFilePlan.safeParse(fileCallOf(form, path).query, options)
      : campaignPlan.safeParse(bodyOf(form, path), options);
  const found = new Map(read.error?.issues.map((issue) => [issue.path.join('.'), issue.message]));
  const { needed } = FIELD_TEXTS[language];
  if (path.by === 'file' && form.file === null) found.set('file', needed);
  if (path.by !== 'file') {
    if (path.from === '') found.set('choose.sourceOfferId', needed);
    if (path.to === '') found.set('targetOfferId', needed);
  }
  if (form.later && momentOf(form.startsAt) === undefined) found.set('startsAt', needed);
  return found;
}

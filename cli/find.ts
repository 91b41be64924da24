import type { Value } from './api.ts';
import type { Run } from './cli.ts';
import { badUsage } from './failure.ts';
import { harmless, type TextKey } from './words.ts';

export type Customer = Value<'showCustomer'>;
export type Subscription = Value<'listSubscriptions'>['items'][number];
export type Target = Value<'showEligibility'>['targets'][number];
export type Campaign = Value<'showCampaign'>;

const GUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;
const MOST_NAMED = 10;

type Named = { readonly id: string; readonly names: readonly string[] };

/** The one thing that was meant: by its id, by its whole name, or by a part of it that no other has. */
function chooseOne<Thing>(
  { say, language }: Run,
  typed: string,
  things: readonly Thing[],
  nameOf: (thing: Thing) => Named,
  words: { readonly none: TextKey; readonly several: TextKey; readonly all?: true },
): Thing {
  const fold = (text: string) => text.toLocaleLowerCase(language).normalize();
  const wanted = fold(typed);
  const by = (fits: (name: string) => boolean) =>
    things.filter((thing) => nameOf(thing).names.some((one) => fits(fold(one))));
  const exact = things.filter((thing) => nameOf(thing).id.toLowerCase() === typed.toLowerCase());
  const [found, ...others] =
    [exact, by((name) => name === wanted), by((name) => name.includes(wanted))].find((some) => some.length > 0) ?? [];
  const list = (some: readonly Thing[]) =>
    some.slice(0, MOST_NAMED).map((thing) => `  ${harmless(nameOf(thing).names[0] ?? '')}  ${nameOf(thing).id}`);
  if (found === undefined) throw badUsage([say(words.none, { typed }), ...(words.all ? list(things) : [])].join('\n'));
  if (others.length === 0) return found;
  throw badUsage([say(words.several, { typed }), ...list([found, ...others])].join('\n'));
}

/** A customer by id, name or domain. */
export async function findCustomer(run: Run, typed: string): Promise<Customer> {
  if (GUID.test(typed)) return run.api.ask('showCustomer', { params: { customerId: typed } });
  const { items } = await run.api.ask('listCustomers', { query: { search: typed } });
  const words = { none: 'error.noCustomer', several: 'error.severalCustomers' } as const;
  return chooseOne(run, typed, items, ({ customerId, name, domain }) => ({ id: customerId, names: [name, domain] }), {
    ...words,
  });
}

/** A subscription of a customer by id, by the name that it was given, or by its offer. */
export async function findSubscription(run: Run, customerId: string, typed: string): Promise<Subscription> {
  const { items } = await run.api.ask('listSubscriptions', { params: { customerId } });
  const words = { none: 'error.noSubscription', several: 'error.severalSubscriptions', all: true } as const;
  return chooseOne(
    run,
    typed,
    // One that has gone is meant by its id alone.
    items.filter(({ subscriptionId, status }) => status !== 'deleted' || subscriptionId === typed.toLowerCase()),
    ({ subscriptionId, offerName, friendlyName }) => ({
      id: subscriptionId,
      names: friendlyName === null ? [offerName] : [friendlyName, offerName],
    }),
    words,
  );
}

/** An offer that a subscription could go to, by id or name. */
export function findTarget(run: Run, targets: readonly Target[], typed: string): Target {
  const words = { none: 'error.noTarget', several: 'error.severalOffers', all: true } as const;
  return chooseOne(run, typed, targets, ({ offerId, name }) => ({ id: offerId, names: [name] }), words);
}

export type Platform = 'legacy' | 'newCommerce';

/** An offer of the catalog by id or name, of one platform where that is known. */
export async function findOffer(
  run: Run,
  typed: string,
  platform: Platform | undefined,
): Promise<Value<'listOffers'>['items'][number]> {
  const { items } = await run.api.ask('listOffers', { query: platform ? { platform } : {} });
  const words = { none: 'error.noOffer', several: 'error.severalOffers' } as const;
  return chooseOne(run, typed, items, ({ offerId, name }) => ({ id: offerId, names: [name] }), words);
}

/** A campaign by id or name. */
export async function findCampaign(run: Run, typed: string): Promise<Campaign> {
  const show = (campaignId: string) => run.api.ask('showCampaign', { params: { campaignId } });
  if (GUID.test(typed)) return show(typed);
  const { items } = await run.api.ask('listCampaigns', { query: { search: typed } });
  const words = { none: 'error.noCampaign', several: 'error.severalCampaigns' } as const;
  const found = chooseOne(run, typed, items, ({ campaignId, name }) => ({ id: campaignId, names: [name] }), words);
  return show(found.campaignId);
}

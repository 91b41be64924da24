import type { LoaderFunctionArgs, ShouldRevalidateFunctionArgs } from 'react-router';
import type { Language } from '../contract/values.ts';

type Ids = {
  readonly customerId: string;
  readonly subscriptionId: string;
  readonly upgradeId: string;
  readonly campaignId: string;
  readonly webhookId: string;
  readonly invoiceNumber: string;
};

/** `get` reads what stands in the address under a key. */
type Asks = (language: Language, ids: Ids, get: (key: string) => string | undefined) => void;

/** Asks for a page’s data while its code is still on the way. The page never waits for it here, and asks by itself when its query changes. */
export function asking(ask: Asks) {
  return {
    loader: ({ params, request }: LoaderFunctionArgs) => {
      const language = document.documentElement.lang === 'tr' ? 'tr' : 'en';
      const search = new URL(request.url).searchParams;
      ask(language, params as Ids, (key) => search.get(key) ?? undefined);
      return null;
    },
    shouldRevalidate: ({ currentUrl, nextUrl }: ShouldRevalidateFunctionArgs) =>
      currentUrl.pathname !== nextUrl.pathname,
  };
}

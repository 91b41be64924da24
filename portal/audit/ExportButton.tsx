import type { Call } from '../../contract/client.ts';
import type { Endpoints } from '../../contract/endpoints.ts';
import { askAgain } from '../api/query.ts';
import { SaveFile } from '../frame/SaveFile.tsx';
import { useMay } from '../frame/useSession.ts';

type Props = { readonly filters: NonNullable<Call<Endpoints['listAudit']>['query']> };

/** Saves what is filtered as CSV, which the log itself tells from then on. */
export function ExportButton({ filters }: Props) {
  if (!useMay('viewAudit')) return null;
  return <SaveFile name="listAudit" call={{ query: filters }} saved={askAgain} />;
}

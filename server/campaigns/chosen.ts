import type { CampaignFault } from '../../contract/campaign-texts.ts';
import type { Table } from '../imports/read-table.ts';

/** How the rows of a campaign are chosen by what is known of subscriptions; days are UTC. */
export type CampaignFilter = {
  readonly sourceOfferId: string;
  readonly customerIds?: readonly string[] | undefined;
  readonly search?: string | undefined;
  readonly endsFrom?: string | undefined;
  readonly endsUntil?: string | undefined;
  readonly licensesFrom?: number | undefined;
  readonly licensesUntil?: number | undefined;
};

/** A row of a file that was not understood. */
export type BadRow = {
  readonly line: number;
  /** The heading as the file has it. */
  readonly column: string;
  readonly text: string;
  readonly fault: CampaignFault;
};

export type FileReading = Pick<Table, 'separator' | 'encoding' | 'zippedAs'> & {
  readonly rows: number;
  readonly restoredIds: number;
  readonly ignoredColumns: readonly string[];
  readonly badRows: readonly BadRow[];
};

/** How the rows of a campaign were chosen, as it is kept. */
export type Chosen =
  | ({ readonly by: 'filter' } & CampaignFilter)
  | { readonly by: 'hand' }
  | ({ readonly by: 'file' } & FileReading);

/** A subscription that was chosen, in its place. */
export type ChosenRow = {
  readonly customerId: string;
  readonly subscriptionId: string;
  readonly sourceOfferId: string;
  readonly targetOfferId: string;
  readonly licenses: number;
  readonly line: number | null;
  /** The seats that were asked for; null: all. */
  readonly quantity: number | null;
};

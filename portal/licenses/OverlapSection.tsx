import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { useMemo } from 'react';
import type { OverlapOnWire } from '../../contract/overlaps.ts';
import { useAnswer } from '../api/query.ts';
import { useMay } from '../frame/useSession.ts';
import { paths } from '../paths.ts';
import type { SubscriptionAct } from '../subscriptions/acts.ts';
import { type Say, useText } from '../text.ts';
import { type Format, useFormat } from '../ui/format.ts';
import { type Column, ListTable } from '../ui/ListTable.tsx';
import { Panel } from '../ui/Panel.tsx';
import { RouterLink } from '../ui/RouterLink.tsx';
import { Section } from '../ui/Section.tsx';

const useStyles = makeStyles({
  quiet: {
    display: 'block',
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
    color: tokens.colorNeutralForeground3,
  },
  amount: { fontVariantNumeric: 'tabular-nums' },
  acts: { margin: 0, padding: 0, listStyleType: 'none' },
});

type Act = OverlapOnWire['reductions'][number]['act'];

/** Where each is done; what ends by itself needs nothing. */
const ACTS: Readonly<Record<Exclude<Act, 'ends'>, SubscriptionAct>> = {
  removeSeats: 'seats',
  cancel: 'cancel',
  scheduleSeats: 'plan',
  turnAutoRenewOff: 'lapse',
};

type Props = {
  readonly customerId: string;
  /** Opens the act on a subscription; absent: the list of subscriptions is where it is done. */
  readonly open?: ((act: SubscriptionAct, subscriptionId: string) => void) | undefined;
};

/** What users of a customer have twice, as long as there is something: what it costs, and until when it can be reduced. */
export function OverlapSection({ customerId, open }: Props) {
  const { say } = useText();
  const found = useAnswer('listOverlaps', { params: { customerId } });
  const columns = useOverlapColumns({ customerId, open });
  const rows = found.data?.items ?? [];
  if (rows.length === 0) return null;
  return (
    <Section title={say('overlaps.title')} hint={say('overlaps.hint')}>
      <Panel>
        <ListTable
          label={say('overlaps.title')}
          columns={columns}
          rows={rows}
          idOf={(row) => row.subscriptionId}
          nameOf={overlapName}
        />
      </Panel>
    </Section>
  );
}

export function overlapName({ friendlyName, offerName }: Pick<OverlapOnWire, 'friendlyName' | 'offerName'>): string {
  return friendlyName ?? offerName;
}

function useOverlapColumns({ customerId, open }: Props): readonly Column<OverlapOnWire>[] {
  const { say } = useText();
  const format = useFormat();
  const styles = useStyles();
  return useMemo(
    () => [
      {
        id: 'subscription',
        header: say('overlaps.colSubscription'),
        cell: ({ row: { original } }) => (
          <span>
            {open ? (
              overlapName(original)
            ) : (
              <RouterLink to={paths.subscriptions(customerId)}>{overlapName(original)}</RouterLink>
            )}
            <span className={styles.quiet}>{withinText(original, say)}</span>
          </span>
        ),
      },
      {
        id: 'seats',
        header: say('overlaps.colSeats'),
        meta: { width: '14%', align: 'end' },
        cell: ({ row: { original } }) => seatsText(original, say),
      },
      {
        id: 'cost',
        header: say('overlaps.colCost'),
        meta: { width: '20%', align: 'end' },
        cell: ({ row: { original } }) => <span className={styles.amount}>{costText(original, { say, format })}</span>,
      },
      {
        id: 'possible',
        header: say('overlaps.colPossible'),
        meta: { width: '32%' },
        cell: ({ row: { original } }) => <Possible overlap={original} open={open} />,
      },
    ],
    [say, format, styles, customerId, open],
  );
}

export function withinText({ within }: OverlapOnWire, say: Say): string {
  return say('overlaps.within', { what: within.map(overlapName).join(', ') });
}

export function seatsText({ seats, quantity }: OverlapOnWire, say: Say): string {
  return say('overlaps.seatsOf', { n: seats, of: quantity });
}

export function costText(
  { perMonth, untilTermEnd, termEndsOn }: OverlapOnWire,
  { say, format }: { readonly say: Say; readonly format: Format },
): string {
  return say('overlaps.cost', {
    month: format.money(perMonth),
    rest: format.money(untilTermEnd),
    day: format.day(termEndsOn),
  });
}

function Possible({ overlap, open }: { readonly overlap: OverlapOnWire } & Pick<Props, 'open'>) {
  const styles = useStyles();
  const may = useMay('changeSeats');
  return (
    <ul className={styles.acts}>
      {overlap.reductions.map(({ act, message }) => (
        <li key={act}>
          {open && may && act !== 'ends' ? (
            <Button
              appearance="transparent"
              size="small"
              onClick={() => open(ACTS[act], overlap.subscriptionId)}
              aria-label={`${overlapName(overlap)}: ${message}`}
            >
              {message}
            </Button>
          ) : (
            message
          )}
        </li>
      ))}
    </ul>
  );
}

import { Checkbox, mergeClasses } from '@fluentui/react-components';
import { LockClosed16Regular } from '@fluentui/react-icons';
import type { LicenseProductOnWire } from '../../contract/licenses.ts';
import type { UserOnWire } from '../../contract/users.ts';
import { useText } from '../text.ts';
import { Spoken } from '../ui/Spoken.tsx';
import { heldOf, keyOf, toggled } from './held.ts';
import { useLicenseTableStyles } from './license-table.styles.ts';
import { LicenseMark } from './LicenseMark.tsx';
import { useCellKeys } from './useCellKeys.ts';

type Props = {
  readonly users: readonly UserOnWire[];
  readonly products: readonly LicenseProductOnWire[];
  readonly chosen: ReadonlySet<string>;
  readonly choose: (chosen: ReadonlySet<string>) => void;
  readonly open: (user: UserOnWire) => void;
};

/** Who has what: a row for each user, a column for each product. */
export function LicenseTable({ users, products, chosen, choose, open }: Props) {
  const { say } = useText();
  const styles = useLicenseTableStyles();
  const toggle = (user: UserOnWire | undefined) => user && choose(toggled(chosen, user.userId));
  const { onKeyDown, onFocus, cell } = useCellKeys({
    rows: users.length,
    columns: products.length + 2,
    open: (row) => users[row] && open(users[row]),
    toggle: (row) => toggle(users[row]),
  });
  const shown = users.map(({ userId }) => userId);
  const all = shown.every((userId) => chosen.has(userId));
  const chooseShown = () =>
    choose(new Set(all ? [...chosen].filter((userId) => !shown.includes(userId)) : [...chosen, ...shown]));
  return (
    <div className={styles.scroll}>
      <table
        role="grid"
        aria-multiselectable
        className={styles.table}
        aria-rowcount={users.length + 1}
        onKeyDown={onKeyDown}
        onFocus={onFocus}
      >
        <caption className={styles.caption}>{say('licenses.title')}</caption>
        <thead>
          <tr>
            <td className={mergeClasses(styles.head, styles.check)}>
              <Checkbox
                aria-label={say('licenses.selectAll')}
                checked={all ? true : chosen.size > 0 ? 'mixed' : false}
                onChange={chooseShown}
              />
            </td>
            <th scope="col" className={mergeClasses(styles.head, styles.userHead)}>
              {say('licenses.colUser')}
            </th>
            {products.map((product) => (
              <ProductHead key={keyOf(product)} product={product} />
            ))}
          </tr>
        </thead>
        <tbody>
          {users.map((user, row) => (
            <UserRow
              key={user.userId}
              user={user}
              products={products}
              row={row}
              chosen={chosen.has(user.userId)}
              cell={(column) => cell(row, column)}
              toggle={() => toggle(user)}
              open={() => open(user)}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function ProductHead({ product }: { product: LicenseProductOnWire }) {
  const { say } = useText();
  const styles = useLicenseTableStyles();
  const { name, ours, used, total, active } = product;
  return (
    <th scope="col" className={mergeClasses(styles.head, styles.product, !ours && styles.elsewhere)}>
      {!ours && (
        <span title={say('licenses.elsewhereHint')}>
          <LockClosed16Regular className={styles.lock} aria-hidden />
          <Spoken>{say('licenses.elsewhere')}</Spoken>
        </span>
      )}
      {name}
      <span className={mergeClasses(styles.usage, active && total !== null && used > total && styles.over)}>
        <Usage product={product} />
      </span>
    </th>
  );
}

function Usage({ product: { used, total, free, active } }: { product: LicenseProductOnWire }) {
  const { say } = useText();
  if (total === null) return say('licenses.usageElsewhere', { used });
  if (!active && total === 0) return say('licenses.usageEnded', { used });
  if (!active) return say('licenses.usageInactive', { used, total });
  if (used > total) return say('licenses.usageOver', { used, total, over: used - total });
  return say('licenses.usage', { used, total, free: free ?? 0 });
}

type CellOf = ReturnType<typeof useCellKeys>['cell'];
type RowProps = {
  readonly user: UserOnWire;
  readonly products: readonly LicenseProductOnWire[];
  readonly row: number;
  readonly chosen: boolean;
  readonly cell: (column: number) => ReturnType<CellOf>;
  readonly toggle: () => void;
  readonly open: () => void;
};

function UserRow({ user, products, row, chosen, cell, toggle, open }: RowProps) {
  const { say } = useText();
  const styles = useLicenseTableStyles();
  return (
    <tr aria-rowindex={row + 2} aria-selected={chosen} className={mergeClasses(styles.row, chosen && styles.selected)}>
      <td className={mergeClasses(styles.body, styles.check)}>
        <Checkbox
          {...cell(0)}
          aria-label={say('licenses.selectUser', { name: user.displayName })}
          checked={chosen}
          onChange={toggle}
        />
      </td>
      <UserHead user={user} chosen={chosen} place={cell(1)} open={open} />
      {products.map((product, column) => (
        <td
          key={keyOf(product)}
          {...cell(column + 2)}
          className={mergeClasses(styles.body, styles.cell, !product.ours && styles.elsewhere)}
          onClick={open}
        >
          <License user={user} product={product} />
        </td>
      ))}
    </tr>
  );
}

type UserProps = {
  readonly user: UserOnWire;
  readonly chosen: boolean;
  readonly place: ReturnType<CellOf>;
  readonly open: () => void;
};

function UserHead({ user, chosen, place, open }: UserProps) {
  const { say } = useText();
  const styles = useLicenseTableStyles();
  return (
    <th
      scope="row"
      {...place}
      className={mergeClasses(styles.body, styles.user, chosen && styles.userSelected)}
      onClick={open}
    >
      <span className={styles.name}>{user.displayName}</span>
      <span className={styles.quiet}>{user.userPrincipalName}</span>
      {user.usageLocation === null && (
        <span className={mergeClasses(styles.quiet, styles.missing)}>{say('licenses.filterNoLocation')}</span>
      )}
    </th>
  );
}

function License({ user, product }: { user: UserOnWire; product: LicenseProductOnWire }) {
  const { say } = useText();
  const held = heldOf(user, product);
  if (held.length === 0) return <Spoken>{say('licenses.cellNone')}</Spoken>;
  const off = new Set(held.flatMap((one) => one.switchedOff)).size;
  const hasIssue = held.some((one) => one.hasIssue);
  const words = hasIssue
    ? say('licenses.cellIssue')
    : off > 0
      ? say('licenses.cellPartial', { off })
      : say('licenses.cellDirect');
  return (
    <span title={words}>
      <LicenseMark hasIssue={hasIssue} elsewhere={!product.ours} off={off} />
      <Spoken>{words}</Spoken>
    </span>
  );
}

/** What the marks mean. */
export function Legend() {
  const { say } = useText();
  const styles = useLicenseTableStyles();
  return (
    <ul className={styles.legend} aria-label={say('licenses.legend')}>
      <li className={styles.entry}>
        <LicenseMark />
        {say('licenses.cellDirect')}
      </li>
      <li className={styles.entry}>
        <LicenseMark off={2} />
        {say('licenses.legendPartial')}
      </li>
      <li className={styles.entry}>
        <LicenseMark hasIssue />
        {say('licenses.legendIssue')}
      </li>
      <li className={styles.entry}>
        <LicenseMark elsewhere />
        {say('licenses.elsewhere')}
      </li>
    </ul>
  );
}

import {
  Button,
  Link,
  makeStyles,
  mergeClasses,
  shorthands,
  tokens,
  useRestoreFocusTarget,
} from '@fluentui/react-components';
import {
  Add16Regular,
  ArrowSwap16Regular,
  Checkmark16Regular,
  ChevronDown16Regular,
  DismissCircle16Regular,
  Subtract16Regular,
} from '@fluentui/react-icons';
import { type ReactNode, useId, useState } from 'react';
import type { ServiceOnWire } from '../../contract/services.ts';
import type { Value } from '../api/query.ts';
import { useText } from '../text.ts';
import { useFormat } from '../ui/format.ts';
import { SCREEN } from '../ui/screen.ts';
import { Spoken } from '../ui/Spoken.tsx';

export type Target = Value<'showEligibility'>['targets'][number];

const NAMED_SERVICES = 3;

const useStyles = makeStyles({
  row: {
    display: 'grid',
    gridTemplateColumns: '24px minmax(0, 3fr) minmax(0, 2fr) minmax(0, 5fr)',
    columnGap: '12px',
    padding: '12px 14px',
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: '6px',
    cursor: 'pointer',
    ':focus-within': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '1px' },
    [SCREEN.belowTable]: { gridTemplateColumns: '24px minmax(0, 1fr) max-content' },
  },
  today: {
    cursor: 'default',
    backgroundColor: 'transparent',
    ...shorthands.borderStyle('dashed'),
    ...shorthands.borderColor(tokens.colorNeutralStroke1),
  },
  chosen: {
    ...shorthands.borderColor(tokens.colorCompoundBrandStroke),
    boxShadow: `inset 0 0 0 1px ${tokens.colorCompoundBrandStroke}`,
  },
  blocked: { cursor: 'default', backgroundColor: tokens.colorNeutralBackground2 },
  radio: { width: '18px', height: '18px', margin: '1px 0 0', accentColor: tokens.colorCompoundBrandBackground },
  name: { fontWeight: tokens.fontWeightSemibold },
  price: {
    fontWeight: tokens.fontWeightSemibold,
    fontVariantNumeric: 'tabular-nums',
    [SCREEN.belowTable]: { textAlign: 'end' },
  },
  quiet: {
    display: 'block',
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
    fontWeight: tokens.fontWeightRegular,
    color: tokens.colorNeutralForeground3,
  },
  services: {
    listStyleType: 'none',
    margin: 0,
    padding: 0,
    display: 'flex',
    flexDirection: 'column',
    rowGap: '3px',
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
    color: tokens.colorNeutralForeground2,
    [SCREEN.belowTable]: { gridColumn: '2 / -1', marginTop: '8px' },
  },
  service: { display: 'grid', gridTemplateColumns: '16px minmax(0, 1fr)', columnGap: '8px' },
  plus: { color: tokens.colorStatusSuccessForeground1 },
  lost: { color: tokens.colorStatusDangerForeground1 },
  strong: { fontWeight: tokens.fontWeightSemibold },
  all: { alignSelf: 'start', minWidth: 0, padding: 0, fontSize: tokens.fontSizeBase200 },
});

/** The offer of today, for comparison. */
export function TodayRow({ name, unitPrice }: { name: string; unitPrice: string }) {
  const styles = useStyles();
  const { say } = useText();
  return (
    <div className={mergeClasses(styles.row, styles.today)}>
      <span />
      <span>
        <span className={styles.name}>{name}</span>
        <span className={styles.quiet}>{say('wizard.current')}</span>
      </span>
      <span className={styles.price}>
        {unitPrice}
        <span className={styles.quiet}>{say('wizard.perLicenseShort')}</span>
      </span>
      <span />
    </div>
  );
}

type Props = {
  readonly target: Target;
  readonly currency: string;
  readonly chosen: boolean;
  /** Also where not all seats can go there: fewer may. */
  readonly choosable: boolean;
  readonly choose: () => void;
  readonly showReasons: () => void;
};

/** One offer to choose: its price beside today’s and what changes in services; a blocked one stays, with its reasons. */
export function OfferRow({ target, currency, chosen, choosable, choose, showReasons }: Props) {
  const styles = useStyles();
  const { say } = useText();
  const format = useFormat();
  const id = useId();
  const opener = useRestoreFocusTarget();
  const eligible = target.types.some((type) => type.eligible);
  const reasons = fewestRefusals(target);
  return (
    <label className={mergeClasses(styles.row, chosen && styles.chosen, !eligible && styles.blocked)}>
      <input
        type="radio"
        name="offer"
        className={styles.radio}
        checked={chosen}
        disabled={!eligible && !choosable}
        onChange={choose}
        aria-labelledby={`${id}-name`}
        aria-describedby={`${id}-price ${id}-services`}
      />
      <span>
        <span id={`${id}-name`} className={styles.name}>
          {target.name}
        </span>
        <span className={styles.quiet}>
          {eligible ? say('wizard.eligible') : say('wizard.notEligible', { n: reasons.length })}
        </span>
      </span>
      <span id={`${id}-price`} className={styles.price}>
        {target.unitPrice === null ? '–' : format.money({ amount: target.unitPrice, currency })}
        <span className={styles.quiet}>{say('wizard.perLicenseShort')}</span>
        {target.difference !== null && (
          <span className={styles.quiet}>{format.signedMoney({ amount: target.difference, currency })}</span>
        )}
      </span>
      <ul id={`${id}-services`} className={styles.services}>
        {eligible ? (
          <Services target={target} />
        ) : (
          <>
            {reasons.map((reason) => (
              <Service key={reason.name} icon={<DismissCircle16Regular />} className={styles.lost}>
                {reason.title}
              </Service>
            ))}
            <li>
              <Link {...opener} as="button" type="button" onClick={showReasons}>
                {say('subs.whyNot')}
                <Spoken> {target.name}</Spoken>
              </Link>
            </li>
          </>
        )}
      </ul>
    </label>
  );
}

/** The reasons against a target, of the upgrade type that has fewer. */
export function fewestRefusals({ types }: Target) {
  return types.map((type) => type.refusals).toSorted((one, other) => one.length - other.length)[0] ?? [];
}

function Services({ target: { services } }: { target: Target }) {
  const styles = useStyles();
  const { say } = useText();
  const [all, showAll] = useState(false);
  const { gains, keeps, loses, replaces } = services;
  const kept = keeps.length - replaces.length;
  const list = (named: readonly ServiceOnWire[]) => {
    const shown = all ? named : named.slice(0, NAMED_SERVICES);
    const names = shown.map((service) => service.name).join(', ');
    return named.length > shown.length
      ? `${names} ${say('wizard.andMore', { n: named.length - shown.length })}`
      : names;
  };
  return (
    <>
      {gains.length > 0 && (
        <Service icon={<Add16Regular className={styles.plus} />} spoken={say('wizard.gained')}>
          {list(gains)}
        </Service>
      )}
      {replaces.length > 0 && (
        <Service icon={<ArrowSwap16Regular />} spoken={say('wizard.replaced')}>
          {replaces.map(({ from, to }) => (all ? say('wizard.replacedBy', { old: from, new: to }) : to)).join(', ')}
        </Service>
      )}
      {loses.length > 0 && (
        <Service icon={<Subtract16Regular />} className={styles.lost}>
          {say('wizard.lost')}: <span className={styles.strong}>{loses.map((service) => service.name).join(', ')}</span>
        </Service>
      )}
      <Service icon={<Checkmark16Regular />} spoken={say('wizard.kept')}>
        {all
          ? list(keeps)
          : `${say('wizard.keptN', { n: kept })}${loses.length === 0 ? `, ${say('wizard.lostN', { n: 0 })}` : ''}`}
      </Service>
      <li>
        <Button
          className={styles.all}
          size="small"
          appearance="transparent"
          icon={<ChevronDown16Regular />}
          aria-expanded={all}
          onClick={() => showAll(!all)}
        >
          {say(all ? 'common.showLess' : 'wizard.compareAll')}
        </Button>
      </li>
    </>
  );
}

function Service({
  icon,
  spoken,
  className,
  children,
}: {
  icon: ReactNode;
  spoken?: string;
  className?: string | undefined;
  children: ReactNode;
}) {
  const styles = useStyles();
  return (
    <li className={mergeClasses(styles.service, className)}>
      {icon}
      <span>
        {spoken && <Spoken>{spoken}: </Spoken>}
        {children}
      </span>
    </li>
  );
}

import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import type { ActionOnWire } from '../../contract/values.ts';
import type { TextKey } from '../text.ts';
import { useWhyNot } from './useWhyNot.ts';

const useStyles = makeStyles({
  line: {
    margin: 0,
    maxWidth: '420px',
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
    color: tokens.colorNeutralForeground3,
    overflowWrap: 'anywhere',
  },
  inMenu: { maxWidth: '320px', padding: '6px 8px' },
});

type Props = {
  /** What a disabled act is described by. */
  readonly id: string;
  readonly action: ActionOnWire;
  readonly lead?: TextKey;
  readonly inMenu?: boolean;
};

/** Beside a disabled act: why this agent may not do it, and who could. Nothing where it may. */
export function WhyNot({ id, action, lead, inMenu = false }: Props) {
  const styles = useStyles();
  const whyNot = useWhyNot(action, lead);
  return whyNot === undefined ? null : (
    <p id={id} className={mergeClasses(styles.line, inMenu && styles.inMenu)}>
      {whyNot}
    </p>
  );
}

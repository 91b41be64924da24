import { makeStyles, tokens } from '@fluentui/react-components';
import type { MapPathOnWire } from '../../contract/upgrade-map.ts';
import { useText } from '../text.ts';

const useStyles = makeStyles({
  list: {
    margin: 0,
    padding: 0,
    listStyleType: 'none',
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
    color: tokens.colorNeutralForeground2,
    overflowWrap: 'anywhere',
  },
  lost: { color: tokens.colorStatusDangerForeground1 },
});

const NAMED = 4;

/** What a path adds and takes away; `all` names every service. */
export function PathServices({ services, all = false }: { services: MapPathOnWire['services']; all?: boolean }) {
  const { say } = useText();
  const styles = useStyles();
  const { gains, loses, replaces, keeps } = services;
  const list = (named: readonly { readonly name: string }[]) => {
    const shown = all ? named : named.slice(0, NAMED);
    const more = named.length - shown.length;
    return [...shown.map(({ name }) => name), ...(more > 0 ? [say('cat.andMore', { n: more })] : [])].join(', ');
  };
  return (
    <ul className={styles.list}>
      <li>{gains.length > 0 ? say('cat.adds', { services: list(gains) }) : say('cat.addsNothing')}</li>
      {replaces.length > 0 && (
        <li>
          {say('cat.replaces', {
            services: list(replaces.map(({ from, to }) => ({ name: all ? `${from} → ${to}` : to }))),
          })}
        </li>
      )}
      {loses.length > 0 && (
        <li className={styles.lost}>{say('cat.loses', { services: loses.map(({ name }) => name).join(', ') })}</li>
      )}
      {all && <li>{say('cat.keeps', { n: keeps })}</li>}
    </ul>
  );
}

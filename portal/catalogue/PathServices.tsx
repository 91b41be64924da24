import { makeStyles, tokens } from '@fluentui/react-components';
import type { MapPathOnWire } from '../../contract/upgrade-map.ts';
import { type Say, useText } from '../text.ts';

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

type Services = MapPathOnWire['services'];

/** What a path adds and takes away, line by line; `most`: of more services the number is told. */
export function linesOf(
  { gains, loses, replaces }: Services,
  say: Say,
  most = Infinity,
): { readonly text: string; readonly lost?: true }[] {
  const list = (named: readonly { readonly name: string }[]) => {
    const shown = named.slice(0, most);
    const more = named.length - shown.length;
    return [...shown.map(({ name }) => name), ...(more > 0 ? [say('cat.andMore', { n: more })] : [])].join(', ');
  };
  const replaced = replaces.map(({ from, to }) => ({ name: most === Infinity ? `${from} → ${to}` : to }));
  return [
    { text: gains.length > 0 ? say('cat.adds', { services: list(gains) }) : say('cat.addsNothing') },
    ...(replaces.length > 0 ? [{ text: say('cat.replaces', { services: list(replaced) }) }] : []),
    ...(loses.length > 0
      ? [{ text: say('cat.loses', { services: loses.map(({ name }) => name).join(', ') }), lost: true as const }]
      : []),
  ];
}

/** What a path adds and takes away; `all` names every service. */
export function PathServices({ services, all = false }: { services: Services; all?: boolean }) {
  const { say } = useText();
  const styles = useStyles();
  return (
    <ul className={styles.list}>
      {linesOf(services, say, all ? undefined : NAMED).map(({ text, lost }) => (
        <li key={text} className={lost && styles.lost}>
          {text}
        </li>
      ))}
      {all && <li>{say('cat.keeps', { n: services.keeps })}</li>}
    </ul>
  );
}

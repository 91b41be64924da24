import { makeStyles, tokens } from '@fluentui/react-components';
import { RouterLink } from '../ui/RouterLink.tsx';

const useStyles = makeStyles({
  name: { fontWeight: tokens.fontWeightSemibold },
  domain: {
    display: 'block',
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
    fontWeight: tokens.fontWeightRegular,
    color: tokens.colorNeutralForeground3,
  },
});

type Props = { readonly to: string; readonly name: string; readonly domain: string };

/** The customer of a row: its name leads to where the list is about. */
export function CustomerCell({ to, name, domain }: Props) {
  const styles = useStyles();
  return (
    <>
      <RouterLink to={to} className={styles.name} appearance="subtle">
        {name}
      </RouterLink>
      <span className={styles.domain}>{domain}</span>
    </>
  );
}

import { makeStyles, tokens } from '@fluentui/react-components';

const useStyles = makeStyles({
  logo: {
    display: 'inline-flex',
    alignItems: 'center',
    columnGap: '8px',
    fontSize: tokens.fontSizeBase400,
    fontWeight: tokens.fontWeightSemibold,
    color: tokens.colorNeutralForeground1,
  },
});

export function Logo({ size = 24 }: { size?: number }) {
  return (
    <span className={useStyles().logo}>
      <img src="/icon.svg" alt="" width={size} height={size} />
      Yükselt
    </span>
  );
}

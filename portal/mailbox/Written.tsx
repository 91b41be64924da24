import { Link, makeStyles, tokens } from '@fluentui/react-components';

const useStyles = makeStyles({
  text: {
    margin: '8px 0 0',
    whiteSpace: 'pre-wrap',
    overflowWrap: 'anywhere',
    fontFamily: tokens.fontFamilyBase,
  },
});

/** The plain text of a mail; a link of this deployment in it can be opened. */
export function Written({ text }: { text: string }) {
  const styles = useStyles();
  const parts = text.split(/(https?:\/\/\S+)/);
  return (
    <pre className={styles.text}>
      {parts.map((part, index) =>
        part.startsWith(window.location.origin) ? (
          <Link key={`${index} ${part}`} href={part} target="_blank" inline>
            {part}
          </Link>
        ) : (
          part
        ),
      )}
    </pre>
  );
}

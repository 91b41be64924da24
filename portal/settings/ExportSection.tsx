import { makeStyles, tokens } from '@fluentui/react-components';
import { EXPORTS, type ExportName } from '../../contract/exports.ts';
import { SaveFile } from '../frame/SaveFile.tsx';
import { useMay } from '../frame/useSession.ts';
import { WhyNot } from '../frame/WhyNot.tsx';
import { type TextKey, useText } from '../text.ts';
import { Panel } from '../ui/Panel.tsx';
import { Section } from '../ui/Section.tsx';

const useStyles = makeStyles({
  panel: { display: 'flex', flexDirection: 'column', alignItems: 'flex-start', rowGap: '12px' },
  lists: { listStyleType: 'none', margin: 0, padding: 0 },
  line: { display: 'flex', alignItems: 'center', columnGap: '8px' },
  hint: { margin: 0, color: tokens.colorNeutralForeground2 },
});

const NAMES: Readonly<Record<ExportName, TextKey>> = {
  customers: 'export.customers',
  subscriptions: 'export.subscriptions',
  users: 'export.users',
  newCommercePrices: 'export.newCommercePrices',
  legacyPrices: 'export.legacyPrices',
  newCommerceMatrix: 'export.newCommerceMatrix',
  legacyMatrix: 'export.legacyMatrix',
};

/** What can be taken along: each list as a file, and everything as one archive. */
export function ExportSection() {
  const { say } = useText();
  const styles = useStyles();
  const may = useMay('exportData');
  return (
    <Section title={say('export.title')}>
      <Panel padded className={styles.panel}>
        {may ? (
          <>
            <p className={styles.hint}>{say('export.archiveBody')}</p>
            <SaveFile name="exportArchive" call={{}} as="zip" />
            <p className={styles.hint}>{say('export.listsBody')}</p>
            <ul className={styles.lists}>
              {EXPORTS.map((list) => (
                <li key={list} className={styles.line}>
                  <SaveFile name="exportList" call={{ query: { list } }} compact={say(NAMES[list])} />
                  {say(NAMES[list])}
                </li>
              ))}
            </ul>
          </>
        ) : (
          <WhyNot id="why-not-export" action="exportData" />
        )}
      </Panel>
    </Section>
  );
}

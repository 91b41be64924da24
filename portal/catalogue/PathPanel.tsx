import { makeStyles } from '@fluentui/react-components';
import type { MapPathOnWire } from '../../contract/upgrade-map.ts';
import { useAnswer } from '../api/query.ts';
import { paths } from '../paths.ts';
import { useText } from '../text.ts';
import { FactsList } from '../ui/FactsList.tsx';
import { useFormat } from '../ui/format.ts';
import { RouterButton } from '../ui/RouterLink.tsx';
import { Section } from '../ui/Section.tsx';
import { SidePanel } from '../ui/SidePanel.tsx';
import { PathServices } from './PathServices.tsx';
import { PathStateBadge } from './PathStateBadge.tsx';
import { SwitchForm } from './SwitchForm.tsx';

const useStyles = makeStyles({
  content: { display: 'flex', flexDirection: 'column', rowGap: '20px', paddingBottom: '16px' },
  together: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: '8px 16px' },
  list: { margin: 0, paddingLeft: '18px' },
  line: { margin: 0 },
});

/** How many could go now, and the way to a plan for all of them. */
function PlanTogether({ from, to }: { from: string; to: string }) {
  const { say } = useText();
  const styles = useStyles();
  const counted = useAnswer('countUpgradable', { query: { offerId: from } }).data;
  const n = counted?.targets.find(({ offerId }) => offerId === to)?.count ?? 0;
  if (!counted || n === 0) return null;
  return (
    <div className={styles.together}>
      {say(counted.more ? 'cat.couldGoLeast' : 'cat.couldGo', { n })}
      <RouterButton to={paths.newCampaign({ from, to })}>{say('cat.startBulk')}</RouterButton>
    </div>
  );
}

/** A path with where its rule comes from, what it changes, and the partner's own word on it. */
export function PathPanel({ path, close }: { path: MapPathOnWire; close: () => void }) {
  const { say } = useText();
  const format = useFormat();
  const styles = useStyles();
  const { markets, difference, note, sources } = path;
  const facts = [
    { key: say('cat.colState'), value: <PathStateBadge path={path} /> },
    { key: say('cat.colDifference'), value: difference ? format.signedMoney(difference) : '–' },
    {
      key: say('cat.markets'),
      value: markets ? markets.map((market) => format.country(market)).join(', ') : say('cat.everywhere'),
    },
  ];
  return (
    <SidePanel open close={close} closeText={say('common.close')} title={`${path.from.name} → ${path.to.name}`}>
      <div className={styles.content}>
        <FactsList facts={facts} />
        {path.state === 'open' && <PlanTogether from={path.from.offerId} to={path.to.offerId} />}
        <Section title={say('cat.changes')}>
          <PathServices services={path.services} all />
        </Section>
        <Section title={say('cat.ruleFrom')}>
          <ul className={styles.list}>
            {sources.map(({ source, text }) => (
              <li key={source}>{text}</li>
            ))}
          </ul>
          {note && <p className={styles.line}>{note}</p>}
        </Section>
        <Section title={say('cat.ownWord')}>
          {path.state === 'refused' ? <p className={styles.line}>{say('cat.neverOn')}</p> : <SwitchForm path={path} />}
        </Section>
      </div>
    </SidePanel>
  );
}

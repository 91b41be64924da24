import { makeStyles, tokens } from '@fluentui/react-components';
import { useAnswer } from '../api/query.ts';
import { Answered } from '../frame/Answered.tsx';
import { useText } from '../text.ts';
import { PageHead } from '../ui/PageHead.tsx';
import { SCREEN } from '../ui/screen.ts';
import { ClockSection } from './ClockSection.tsx';
import { FaultsSection } from './FaultsSection.tsx';
import { ScenarioSection } from './ScenarioSection.tsx';

/** Clients strike rules, and colleagues move the clock. */
const ASKED_AGAIN_MS = 10_000;

const useStyles = makeStyles({
  parts: { display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalXXL },
  pair: {
    display: 'grid',
    gridTemplateColumns: '3fr 2fr',
    gap: tokens.spacingVerticalXXL,
    [SCREEN.belowPreview]: { gridTemplateColumns: 'minmax(0, 1fr)' },
  },
});

/** What a sandbox is set to, and how to set it otherwise: its clock, its world, its faults. */
export function SandboxPage() {
  const { say } = useText();
  const styles = useStyles();
  const sandbox = useAnswer('showSandbox', {}, { every: ASKED_AGAIN_MS });
  return (
    <>
      <PageHead title={say('app.sandbox')} facts={say('sandbox.lead')} />
      <Answered query={sandbox} page texts={{ loading: 'sandbox.loading', error: 'sandbox.errorTitle' }}>
        {({ now, scenarios, faults }) => (
          <div className={styles.parts}>
            <div className={styles.pair}>
              <ClockSection now={now} />
              <ScenarioSection scenarios={scenarios} />
            </div>
            <FaultsSection faults={faults} />
          </div>
        )}
      </Answered>
    </>
  );
}

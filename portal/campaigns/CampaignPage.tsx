import { useParams } from 'react-router';
import type { CampaignOnWire } from '../../contract/campaigns.ts';
import { useAnswer } from '../api/query.ts';
import { Answered } from '../frame/Answered.tsx';
import { ProblemBar } from '../frame/ProblemBar.tsx';
import { paths } from '../paths.ts';
import { useText } from '../text.ts';
import { useFormat } from '../ui/format.ts';
import { PageHead } from '../ui/PageHead.tsx';
import { CampaignActs } from './CampaignActs.tsx';
import { CampaignState } from './CampaignState.tsx';
import { PlanFigures, ReportFigures } from './Figures.tsx';
import { useHowRead } from './HowRead.tsx';
import { Notes } from './Notes.tsx';
import { Rows } from './Rows.tsx';
import { RunProgress } from './RunProgress.tsx';
import { Steps } from './Steps.tsx';
import { usePathName } from './usePathName.ts';
import { useSteering } from './useSteering.ts';

/** While it moves by itself, and while it waits for somebody or for its moment. */
const MOVES_MS = 2000;
const WAITS_MS = 10_000;

type State = CampaignOnWire['state'];
const STEP: Readonly<Record<State, 2 | 3 | 4>> = {
  planning: 2,
  planned: 2,
  waitingForApproval: 2,
  scheduled: 3,
  running: 3,
  pausing: 3,
  paused: 3,
  stopped: 4,
  done: 4,
};

function everyFor(state: State | undefined): number {
  switch (state) {
    case 'planning':
    case 'running':
    case 'pausing':
      return MOVES_MS;
    default:
      return WAITS_MS;
  }
}

/** One campaign, from its plan over its run to its report. It goes on whether or not somebody looks. */
export function CampaignPage() {
  const { campaignId = '' } = useParams();
  const call = { params: { campaignId } };
  const campaign = useAnswer('showCampaign', call);
  useAnswer('showCampaign', call, { every: everyFor(campaign.data?.state) });
  return (
    <Answered query={campaign} texts={TEXTS} page>
      {(found) => <Campaign campaign={found} />}
    </Answered>
  );
}

const TEXTS = {
  loading: 'bulk.loadingOne',
  error: 'bulk.errorOne',
  noPermission: 'bulk.noPermTitle',
  notFound: 'bulk.notFoundTitle',
} as const;

function Campaign({ campaign }: { campaign: CampaignOnWire }) {
  const { say } = useText();
  const pathName = usePathName();
  const steer = useSteering();
  const { name, state } = campaign;
  const step = STEP[state];
  const runs = campaign.submittedAt !== null && step > 2;
  return (
    <>
      <PageHead
        crumbs={{
          label: say('app.breadcrumb'),
          way: [{ text: say('nav.bulk'), to: paths.campaigns }],
          here: name,
        }}
        title={pathName(campaign)}
        facts={<Facts campaign={campaign} />}
        action={<CampaignActs campaign={campaign} steer={steer} />}
      />
      <Steps current={step} />
      {steer.error && <ProblemBar error={steer.error} />}
      {step === 3 && state !== 'scheduled' && <RunProgress campaign={campaign} steer={steer} />}
      {step === 4 && <ReportFigures campaign={campaign} />}
      {(step === 2 || state === 'scheduled') && <PlanFigures campaign={campaign} />}
      <Notes campaign={campaign} />
      <Rows campaign={campaign} runs={runs} every={everyFor(state)} />
    </>
  );
}

/** What it is called, how it stands, and how its rows were chosen. */
function Facts({ campaign }: { campaign: CampaignOnWire }) {
  const { say } = useText();
  const format = useFormat();
  const howRead = useHowRead();
  const { name, state, chosen, rows, createdBy, createdAt } = campaign;
  return (
    <>
      <span>{name}</span>
      <CampaignState state={state} />
      <span>{say('bulk.rowsN', { n: rows.total })}</span>
      <span>
        {chosen.by === 'file' ? howRead(chosen) : say(chosen.by === 'hand' ? 'bulk.byPick' : 'bulk.byFilter')}
      </span>
      <span>{say('bulk.createdBy', { name: createdBy.name, time: format.dayAndTime(createdAt) })}</span>
    </>
  );
}

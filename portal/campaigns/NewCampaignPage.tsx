import { Button, makeStyles } from '@fluentui/react-components';
import { LockClosedRegular } from '@fluentui/react-icons';
import { useEffect, useState } from 'react';
import { useNavigate } from 'react-router';
import { problemOf } from '../api/client.ts';
import { useAct } from '../api/query.ts';
import { useFirstWrong } from '../frame/FormDialog.tsx';
import { ProblemBar } from '../frame/ProblemBar.tsx';
import { useSession } from '../frame/useSession.ts';
import { useWhyNot } from '../frame/useWhyNot.ts';
import { paths } from '../paths.ts';
import { useText } from '../text.ts';
import { PageHead } from '../ui/PageHead.tsx';
import { Panel } from '../ui/Panel.tsx';
import { StateBlock } from '../ui/StateBlock.tsx';
import { useAddress } from '../ui/useAddress.ts';
import { useKeys } from '../ui/useKeys.ts';
import {
  bodyOf,
  BYS,
  faultsOf,
  fileCallOf,
  forgetForm,
  type FormPart,
  keepForm,
  type Path,
  readForm,
} from './campaign-form.ts';
import { CustomerFields } from './CustomerFields.tsx';
import { momentOf } from './moments.ts';
import { PathFields } from './PathFields.tsx';
import { StartFields } from './StartFields.tsx';
import { Steps } from './Steps.tsx';

const useStyles = makeStyles({ form: { display: 'flex', flexDirection: 'column', rowGap: '24px' } });

/** The first step of a campaign: from what to what, for whom, and when. What is typed stays until the plan is made. */
export function NewCampaignPage() {
  const { say } = useText();
  const whyNot = useWhyNot('runCampaigns', 'bulk.noRole');
  return (
    <>
      <PageHead
        crumbs={{
          label: say('app.breadcrumb'),
          way: [{ text: say('nav.bulk'), to: paths.campaigns }],
          here: say('bulk.new'),
        }}
        title={say('bulk.new')}
      />
      {whyNot === undefined ? (
        <>
          <Steps current={1} />
          <Form />
        </>
      ) : (
        <Panel>
          <StateBlock icon={<LockClosedRegular />} tone="neutral" title={say('bulk.noRunTitle')} body={whyNot} />
        </Panel>
      )}
    </>
  );
}

function Form() {
  const { say } = useText();
  const styles = useStyles();
  const { create, part, submit, frame } = useCampaignForm();
  useKeys({ 'ctrl+enter': submit });
  const isSaid = problemOf(create.error)?.fields !== undefined;
  return (
    <form
      ref={frame}
      className={styles.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <PathFields {...part} />
      <CustomerFields {...part} />
      <StartFields {...part} />
      {create.error && !isSaid && <ProblemBar error={create.error} />}
      <div>
        <Button type="submit" appearance="primary" disabledFocusable={create.isPending}>
          {say('bulk.makePlan')}
        </Button>
      </div>
    </form>
  );
}

/** What is typed and what is wrong with it, and the act. */
function useCampaignForm() {
  const { say, language } = useText();
  const now = useSession().data?.now;
  const navigate = useNavigate();
  const address = useAddress<'from' | 'to' | 'by' | 'q'>();
  const [form, setForm] = useState(() => readForm(address.get('q')));
  const [wanted, setWanted] = useState(false);
  const createChosen = useAct('createCampaign');
  const createFromFile = useAct('createCampaignFromFile');
  const create = address.get('by') === 'file' ? createFromFile : createChosen;
  const { form: frame, tried } = useFirstWrong(create.error);
  useEffect(() => keepForm(form), [form]);
  const path: Path = {
    from: address.get('from') ?? '',
    to: address.get('to') ?? '',
    by: BYS.find((one) => one === address.get('by')) ?? 'filter',
  };
  const faults = new Map(faultsOf(form, path, language));
  const startsAt = form.later ? momentOf(form.startsAt) : undefined;
  if (startsAt && now && Date.parse(startsAt) <= Date.parse(now)) faults.set('startsAt', say('bulk.startAhead'));
  const said = problemOf(create.error)?.fields ?? [];
  const part: FormPart = {
    form,
    path,
    change: (changes) => {
      setForm((before) => ({ ...before, ...changes }));
      create.reset();
    },
    move: (changes) => {
      address.set(changes);
      create.reset();
    },
    wrong: (field, filled) =>
      (wanted || filled ? faults.get(field) : undefined) ?? said.find((one) => one.field === field)?.message,
  };
  const submit = () => {
    setWanted(true);
    tried();
    if (faults.size > 0 || create.isPending) return;
    const open = ({ campaignId }: { campaignId: string }) => {
      forgetForm();
      void navigate(paths.campaign(campaignId));
    };
    if (path.by === 'file') createFromFile.mutate(fileCallOf(form, path), { onSuccess: open });
    else createChosen.mutate({ body: bodyOf(form, path) }, { onSuccess: open });
  };
  return { create, part, submit, frame };
}

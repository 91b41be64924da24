import { Button, makeStyles, tokens } from '@fluentui/react-components';
import type { AcceptanceOnWire } from '../../contract/acceptance.ts';
import { problemOf } from '../api/client.ts';
import { useAct, type Value } from '../api/query.ts';
import { ProblemBar } from '../frame/ProblemBar.tsx';
import { useText } from '../text.ts';
import { useKept } from '../ui/useKept.ts';
import { AgreementFields, OrganizationFields } from './AnswerFields.tsx';
import type { ProvedCode } from './CodeSteps.tsx';

const useStyles = makeStyles({
  form: { display: 'flex', flexDirection: 'column', rowGap: '16px' },
  acts: { display: 'flex', flexWrap: 'wrap', gap: '8px' },
  quiet: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
});

/** What is wrong with these stands beside them. */
const SHOWN_FIELDS: readonly string[] = [
  'organization.name',
  'organization.tenantId',
  'organization.country',
  'agreement.firstName',
  'agreement.lastName',
];

export type Done = Value<'answerRequest'>['state'];
type Decision = 'accept' | 'decline' | 'withdrawPrivileges' | 'endRelationship';

/** What an acceptance needs to be told; it outlives a proof that did not hold long enough. */
export function useFilled({ signedIn, customer }: AcceptanceOnWire) {
  const [organization, setOrganization] = useKept(`organization ${customer.domain}`, {
    tenantId: signedIn?.tenantId ?? '',
    name: customer.name,
    country: '',
  });
  const [agreement, setAgreement] = useKept(`agreement ${customer.domain}`, { firstName: '', lastName: '' });
  return { organization, setOrganization, agreement, setAgreement };
}

type Props = {
  readonly acceptance: AcceptanceOnWire;
  readonly token: string;
  /** What was proved by a code; undefined: this browser signed in. */
  readonly proof: ProvedCode | undefined;
  readonly filled: ReturnType<typeof useFilled>;
  readonly done: (done: Done) => void;
  /** Begins to prove it anew. */
  readonly again: () => void;
};

/** The answer, with what it needs to be told. */
export function DecisionForm({ acceptance, token, proof, filled, done, again }: Props) {
  const { say } = useText();
  const styles = useStyles();
  const answer = useAct('answerRequest');
  const { organization, setOrganization, agreement, setAgreement } = filled;
  const problem = problemOf(answer.error);
  const found = problem?.fields ?? [];
  const wrong = (field: string) => found.find((one) => one.field === field)?.message;
  const isLapsed = problem?.code === 'code-refused' || problem?.code === 'proof-refused';
  const isAnswer = acceptance.kind === 'answer';
  const decide = (decision: Decision) => {
    if (answer.isPending) return;
    const accepting = decision === 'accept';
    const body = {
      token,
      digest: acceptance.digest,
      decision,
      ...(proof && { proof: proof.proof, code: proof.code }),
      ...(accepting && acceptance.isNew && { organization }),
      ...(accepting && acceptance.agreementNeeded && { agreement }),
    };
    answer.mutate({ body }, { onSuccess: ({ state }) => done(state) });
  };
  return (
    <form
      noValidate
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (isAnswer) decide('accept');
      }}
    >
      {isAnswer && acceptance.isNew && (
        <OrganizationFields value={organization} change={setOrganization} wrong={wrong} />
      )}
      {isAnswer && acceptance.agreementNeeded && (
        <AgreementFields value={agreement} change={setAgreement} wrong={wrong} />
      )}
      {answer.error && !found.some(({ field }) => SHOWN_FIELDS.includes(field)) && <ProblemBar error={answer.error} />}
      {!isAnswer && <span className={styles.quiet}>{say('accept.withdrawHint')}</span>}
      {isLapsed ? (
        <div>
          <Button appearance="primary" onClick={again}>
            {say('accept.proveAgain')}
          </Button>
        </div>
      ) : (
        <Decisions acceptance={acceptance} busy={answer.isPending} decide={decide} />
      )}
    </form>
  );
}

type DecisionsProps = Pick<Props, 'acceptance'> & {
  readonly busy: boolean;
  readonly decide: (decision: Decision) => void;
};

function Decisions({ acceptance: { kind, grants }, busy, decide }: DecisionsProps) {
  const { say } = useText();
  const styles = useStyles();
  if (kind === 'answer') {
    return (
      <div className={styles.acts}>
        <Button type="submit" appearance="primary" disabledFocusable={busy}>
          {say('accept.accept')}
        </Button>
        <Button disabledFocusable={busy} onClick={() => decide('decline')}>
          {say('accept.decline')}
        </Button>
      </div>
    );
  }
  return (
    <div className={styles.acts}>
      {grants.length > 0 && (
        <Button disabledFocusable={busy} onClick={() => decide('withdrawPrivileges')}>
          {say('accept.withdraw')}
        </Button>
      )}
      <Button disabledFocusable={busy} onClick={() => decide('endRelationship')}>
        {say('accept.endRelation')}
      </Button>
    </div>
  );
}

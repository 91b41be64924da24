import { Button, makeStyles } from '@fluentui/react-components';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import type { ComposedOnWire } from '../../contract/relationships.ts';
import { problemOf } from '../api/client.ts';
import { useAct, useAnswer } from '../api/query.ts';
import { ProblemBar } from '../frame/ProblemBar.tsx';
import { paths } from '../paths.ts';
import { useText } from '../text.ts';
import { PageHead } from '../ui/PageHead.tsx';
import { Panel } from '../ui/Panel.tsx';
import { RouterButton } from '../ui/RouterLink.tsx';
import { SCREEN } from '../ui/screen.ts';
import { Section } from '../ui/Section.tsx';
import { useKept } from '../ui/useKept.ts';
import { AskedFields } from './AskedFields.tsx';
import { DraftFields, type Draft } from './DraftFields.tsx';
import { EmailView } from './EmailView.tsx';
import { bodyOf, type RequestForm, startForm, textOf } from './request-form.ts';
import { DIRECTORY_ROLES } from './texts.ts';
import { WhomFields } from './WhomFields.tsx';

const useStyles = makeStyles({
  halves: {
    display: 'grid',
    gridTemplateColumns: '2fr 3fr',
    alignItems: 'start',
    gap: '24px',
    [SCREEN.belowPreview]: { gridTemplateColumns: 'minmax(0, 1fr)' },
  },
  half: { display: 'flex', flexDirection: 'column', rowGap: '24px', minWidth: 0 },
  done: { display: 'flex', flexDirection: 'column', alignItems: 'flex-start', rowGap: '16px' },
});

/** Fields of the form that read and change it; `wrong` is what the server says of one. */
export type FormPart = {
  readonly form: RequestForm;
  readonly change: (changes: Partial<RequestForm>) => void;
  readonly wrong: (...path: readonly string[]) => string | undefined;
};

/** Asking a customer, or a company that is none yet: whom, for what, and with which words. */
export function RequestPage() {
  const { say, language } = useText();
  const [search] = useSearchParams();
  const customerId = search.get('customer') ?? undefined;
  const asked = search.get('roles')?.split(',') ?? [];
  const start = () =>
    startForm(
      DIRECTORY_ROLES.filter((role) => asked.includes(role)),
      language,
    );
  const [form, setForm] = useKept(`request ${customerId}`, start);
  const [made, setMade] = useState<ComposedOnWire>();
  const customer = useAnswer(
    'showCustomer',
    { params: { customerId: customerId ?? '' } },
    { enabled: customerId !== undefined },
  );
  const done = (email: ComposedOnWire) => {
    setMade(email);
    setForm(start());
  };
  const name = customer.data?.name;
  const back = customerId === undefined ? paths.relationships : paths.relationship(customerId);
  const way = customerId !== undefined && name ? { text: name, to: back } : { text: say('rel.listTitle'), to: back };
  return (
    <>
      <PageHead
        crumbs={{ label: say('app.breadcrumb'), way: [way], here: say('rel.request') }}
        title={say('rel.requestTitle')}
        facts={name}
      />
      {made ? (
        <Made email={made} back={back} />
      ) : (
        <Form customerId={customerId} form={form} change={(more) => setForm({ ...form, ...more })} made={done} />
      )}
    </>
  );
}

function Made({ email, back }: { email: ComposedOnWire; back: string }) {
  const { say } = useText();
  const styles = useStyles();
  return (
    <Section title={say('rel.emailReady')}>
      <Panel padded className={styles.done}>
        <EmailView email={email} />
        <RouterButton appearance="primary" to={back}>
          {say('rel.done')}
        </RouterButton>
      </Panel>
    </Section>
  );
}

type FormProps = Omit<FormPart, 'wrong'> & {
  readonly customerId: string | undefined;
  readonly made: (made: ComposedOnWire) => void;
};

function Form({ customerId, form, change, made }: FormProps) {
  const { say } = useText();
  const styles = useStyles();
  const create = useAct('requestRelationship');
  const [draft, setDraft] = useKept<Draft | undefined>(`draft ${customerId}`, undefined);
  const found = problemOf(create.error)?.fields ?? [];
  const wrong = (...path: readonly string[]) => {
    const field = path.join('.');
    return found.find((one) => one.field === field || one.field.startsWith(`${field}.`))?.message;
  };
  const body = bodyOf(form, customerId);
  const submit = () => {
    const email = draft && { subject: draft.subject, text: textOf(draft) };
    create.mutate({ body: { ...body, ...(email && { email }) } }, { onSuccess: made });
  };
  const part = { form, change, wrong };
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!create.isPending) submit();
      }}
    >
      <div className={styles.halves}>
        <div className={styles.half}>
          <WhomFields {...part} isNew={customerId === undefined} />
          <AskedFields {...part} />
        </div>
        <div className={styles.half}>
          <DraftFields body={body} draft={draft} setDraft={setDraft} {...part} />
          {create.error && found.length === 0 && <ProblemBar error={create.error} />}
          <div>
            <Button type="submit" appearance="primary" disabledFocusable={create.isPending}>
              {say('rel.create')}
            </Button>
          </div>
        </div>
      </div>
    </form>
  );
}

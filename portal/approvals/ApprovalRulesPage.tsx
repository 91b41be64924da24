import {
  Button,
  Checkbox,
  Field,
  Input,
  makeStyles,
  MessageBar,
  MessageBarBody,
  Toast,
  ToastTitle,
  useToastController,
} from '@fluentui/react-components';
import type { ApprovalPolicyOnWire } from '../../contract/approvals.ts';
import { problemOf } from '../api/client.ts';
import { useAct, useAnswer } from '../api/query.ts';
import { Answered } from '../frame/Answered.tsx';
import { ProblemBar } from '../frame/ProblemBar.tsx';
import { TOASTER } from '../frame/toaster.ts';
import { type TextKey, useText } from '../text.ts';
import { Panel } from '../ui/Panel.tsx';
import { Section } from '../ui/Section.tsx';
import { TabHead } from '../ui/TabHead.tsx';
import { OfficeHours } from './OfficeHours.tsx';
import { isAmount, isWhole, type RuleField, type Rules, toBody, useRules } from './useRules.ts';

const useStyles = makeStyles({
  form: { display: 'flex', flexDirection: 'column', rowGap: '24px', maxWidth: '640px', padding: '16px' },
  fields: { display: 'flex', flexDirection: 'column', rowGap: '14px' },
  input: { maxWidth: '220px' },
});

const LIMITS: readonly { readonly field: Exclude<RuleField, 'delayMinutes'>; readonly text: TextKey }[] = [
  { field: 'netAbove', text: 'settings.policyAmount' },
  { field: 'usersAbove', text: 'settings.policyUsers' },
  { field: 'workAbove', text: 'settings.policyWork' },
];

/** When a second person looks at an upgrade first, and for how long each one is held. */
export function ApprovalRulesPage() {
  const { say } = useText();
  const policy = useAnswer('showApprovalPolicy', {});
  return (
    <>
      <TabHead lead={say('settings.policyLead')} />
      <Panel>
        <Answered query={policy} texts={TEXTS}>
          {(found) => <RulesForm policy={found} />}
        </Answered>
      </Panel>
    </>
  );
}

const TEXTS = {
  loading: 'settings.loadingPolicy',
  error: 'settings.errorTitle',
  noPermission: 'settings.noPermTitle',
} as const;

function RulesForm({ policy }: { policy: ApprovalPolicyOnWire }) {
  const { say, language } = useText();
  const styles = useStyles();
  const { rules, change } = useRules(policy, language);
  const { save, isPending, error, messageOf } = useSave(rules);
  return (
    <form
      className={styles.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <Section title={say('settings.policySection')}>
        <div className={styles.fields}>
          <Checkbox
            label={say('settings.policyAlways')}
            checked={rules.always}
            onChange={(_event, { checked }) => change({ always: checked === true })}
          />
          {LIMITS.map(({ field, text }) => (
            <Field
              key={field}
              label={say(text, { currency: policy.currency })}
              hint={say('settings.policyEmpty')}
              validationMessage={messageOf(field)}
            >
              <Input
                className={styles.input}
                inputMode={field === 'netAbove' ? 'decimal' : 'numeric'}
                value={rules[field]}
                onChange={(_event, { value }) => change({ [field]: value })}
              />
            </Field>
          ))}
          <OfficeHours rules={rules} change={change} messageOf={messageOf} />
          <MessageBar intent={policy.approvers < 2 ? 'warning' : 'info'} layout="multiline">
            <MessageBarBody>{say('settings.policyApprovers', { n: policy.approvers })}</MessageBarBody>
          </MessageBar>
        </div>
      </Section>
      <Section title={say('settings.policyHoldSection')}>
        <Field
          label={say('settings.policyHold')}
          hint={say('settings.policyHoldHint')}
          validationMessage={messageOf('delayMinutes')}
        >
          <Input
            className={styles.input}
            inputMode="numeric"
            value={rules.delayMinutes}
            onChange={(_event, { value }) => change({ delayMinutes: value })}
          />
        </Field>
      </Section>
      {error && <ProblemBar error={error} />}
      <div>
        <Button type="submit" appearance="primary" disabledFocusable={isPending}>
          {say('common.save')}
        </Button>
      </div>
    </form>
  );
}

/** Saves what is typed; `messageOf` says what is wrong with a field. */
function useSave(rules: Rules) {
  const { say } = useText();
  const { dispatchToast } = useToastController(TOASTER);
  const saving = useAct('changeApprovalPolicy');
  const fields = problemOf(saving.error)?.fields ?? [];
  const wrong: Readonly<Partial<Record<string, TextKey | false>>> = {
    netAbove: !isAmount(rules.netAbove) && 'settings.policyAmountWrong',
    usersAbove: !isWhole(rules.usersAbove) && 'settings.policyNumberWrong',
    workAbove: !isWhole(rules.workAbove) && 'settings.policyNumberWrong',
    delayMinutes: !isWhole(rules.delayMinutes) && 'settings.policyNumberWrong',
  };
  const save = () => {
    if (Object.values(wrong).some(Boolean) || saving.isPending) return;
    const told = () =>
      dispatchToast(
        <Toast>
          <ToastTitle>{say('settings.saved')}</ToastTitle>
        </Toast>,
        { intent: 'success' },
      );
    saving.mutate({ body: toBody(rules) }, { onSuccess: told });
  };
  const messageOf = (field: string) => {
    const text = wrong[field];
    if (text) return say(text);
    return fields.find((one) => one.field === field || one.field.startsWith(`${field}.`))?.message;
  };
  // What is said beside its field need not be said twice.
  return { save, isPending: saving.isPending, error: fields.length > 0 ? null : saving.error, messageOf };
}

import { Button, makeStyles, Radio, RadioGroup, tokens } from '@fluentui/react-components';
import type { BillingSettingsOnWire } from '../../contract/billing-settings.ts';
import { useAnswer } from '../api/query.ts';
import { Answered } from '../frame/Answered.tsx';
import { ProblemBar } from '../frame/ProblemBar.tsx';
import { useMay } from '../frame/useSession.ts';
import { WhyNot } from '../frame/WhyNot.tsx';
import { type TextKey, useText } from '../text.ts';
import { Panel } from '../ui/Panel.tsx';
import { Section } from '../ui/Section.tsx';
import { TabHead } from '../ui/TabHead.tsx';
import { LEGACY_ROUNDING, type NamedRule, NEW_COMMERCE_ROUNDING } from './rounding-texts.ts';
import { useBillingForm } from './useBillingForm.ts';
import { VatRates } from './VatRates.tsx';

const WHY_NOT_ID = 'why-not-billing';

const useStyles = makeStyles({
  form: { display: 'flex', flexDirection: 'column', rowGap: '24px', maxWidth: '720px', padding: '16px' },
  quiet: {
    display: 'block',
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
    color: tokens.colorNeutralForeground3,
  },
});

/** How the bill of each platform is rounded, and the tax of each market. */
export function BillingPage() {
  const { say } = useText();
  const settings = useAnswer('showBillingSettings', {});
  return (
    <>
      <TabHead lead={say('settings.billingLead')} />
      <Panel>
        <Answered query={settings} texts={TEXTS}>
          {(found) => <BillingSettings settings={found} />}
        </Answered>
      </Panel>
    </>
  );
}

const TEXTS = {
  loading: 'settings.loadingBilling',
  error: 'settings.errorTitle',
  noPermission: 'settings.noPermTitle',
} as const;

function BillingSettings({ settings }: { settings: BillingSettingsOnWire }) {
  const { say } = useText();
  const styles = useStyles();
  const mayChange = useMay('changeSettings');
  const form = useBillingForm(settings);
  const { rounding, round } = form;
  return (
    <form
      ref={form.form}
      className={styles.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (mayChange) form.save();
      }}
    >
      <Convention
        topic="settings.roundingLegacy"
        named={LEGACY_ROUNDING}
        value={rounding.legacyRounding}
        choose={(legacyRounding) => round({ legacyRounding })}
      />
      <Convention
        topic="settings.roundingNce"
        named={NEW_COMMERCE_ROUNDING}
        value={rounding.newCommerceRounding}
        choose={(newCommerceRounding) => round({ newCommerceRounding })}
      />
      <VatRates form={form} disabled={!mayChange} />
      {form.error && <ProblemBar error={form.error} />}
      <div>
        {mayChange ? (
          <Button type="submit" appearance="primary" disabledFocusable={form.isPending}>
            {say('common.save')}
          </Button>
        ) : (
          <WhyNot id={WHY_NOT_ID} action="changeSettings" />
        )}
      </div>
    </form>
  );
}

type ConventionProps<Name extends string> = {
  readonly topic: TextKey;
  readonly named: Readonly<Record<Name, NamedRule>>;
  readonly value: Name;
  readonly choose: (name: Name) => void;
};

/** The ways to round of one platform, each with its name and what it does. */
function Convention<Name extends string>({ topic, named, value, choose }: ConventionProps<Name>) {
  const { say } = useText();
  const styles = useStyles();
  const mayChange = useMay('changeSettings');
  const all = Object.keys(named) as Name[];
  return (
    <Section title={say(topic)}>
      <RadioGroup
        aria-label={say(topic)}
        value={value}
        disabled={!mayChange}
        aria-describedby={mayChange ? undefined : WHY_NOT_ID}
        onChange={(_event, data) => choose(all.find((one) => one === data.value) ?? value)}
      >
        {all.map((one) => {
          const [name, hint] = named[one];
          return (
            <Radio
              key={one}
              value={one}
              label={
                <>
                  {say(name)}
                  <span className={styles.quiet}>{say(hint)}</span>
                </>
              }
            />
          );
        })}
      </RadioGroup>
    </Section>
  );
}

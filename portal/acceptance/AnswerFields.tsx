import { Field, Input, makeStyles } from '@fluentui/react-components';
import { useText } from '../text.ts';
import { Section } from '../ui/Section.tsx';

const useStyles = makeStyles({
  fields: { display: 'flex', flexDirection: 'column', rowGap: '12px' },
  country: { maxWidth: '100px' },
});

type Part<Value> = {
  readonly value: Value;
  readonly change: (value: Value) => void;
  readonly wrong: (field: string) => string | undefined;
};

/** Which tenant accepts: its domain is proved, its id and country only it knows. */
export function OrganizationFields({
  value,
  change,
  wrong,
}: Part<{ readonly tenantId: string; readonly name: string; readonly country: string }>) {
  const { say } = useText();
  const styles = useStyles();
  return (
    <Section title={say('accept.organization')}>
      <div className={styles.fields}>
        <Field label={say('accept.orgName')} validationMessage={wrong('organization.name')}>
          <Input
            autoComplete="organization"
            value={value.name}
            onChange={(_event, { value: name }) => change({ ...value, name })}
          />
        </Field>
        <Field
          label={say('accept.orgTenant')}
          hint={say('accept.orgTenantHint')}
          validationMessage={wrong('organization.tenantId')}
        >
          <Input
            value={value.tenantId}
            onChange={(_event, { value: tenantId }) => change({ ...value, tenantId: tenantId.trim() })}
          />
        </Field>
        <Field label={say('accept.orgCountry')} validationMessage={wrong('organization.country')}>
          <Input
            className={styles.country}
            maxLength={2}
            value={value.country}
            onChange={(_event, { value: country }) => change({ ...value, country: country.toLocaleUpperCase('en') })}
          />
        </Field>
      </div>
    </Section>
  );
}

/** Who accepts the agreement in the same step (R7). */
export function AgreementFields({
  value,
  change,
  wrong,
}: Part<{ readonly firstName: string; readonly lastName: string }>) {
  const { say } = useText();
  const styles = useStyles();
  return (
    <Section title={say('accept.person')}>
      <div className={styles.fields}>
        <Field label={say('accept.firstName')} validationMessage={wrong('agreement.firstName')}>
          <Input
            autoComplete="given-name"
            value={value.firstName}
            onChange={(_event, { value: firstName }) => change({ ...value, firstName })}
          />
        </Field>
        <Field label={say('accept.lastName')} validationMessage={wrong('agreement.lastName')}>
          <Input
            autoComplete="family-name"
            value={value.lastName}
            onChange={(_event, { value: lastName }) => change({ ...value, lastName })}
          />
        </Field>
      </div>
    </Section>
  );
}

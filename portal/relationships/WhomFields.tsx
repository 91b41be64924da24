import { Checkbox, Field, Input, makeStyles } from '@fluentui/react-components';
import { useText } from '../text.ts';
import { Panel } from '../ui/Panel.tsx';
import { Section } from '../ui/Section.tsx';
import type { FormPart } from './RequestPage.tsx';

const useStyles = makeStyles({ fields: { display: 'flex', flexDirection: 'column', rowGap: '12px' } });

/** Whom the request goes to, and through whom the partner would serve it (R6). */
export function WhomFields({ form, change, wrong, isNew }: FormPart & { readonly isNew: boolean }) {
  const { say } = useText();
  const styles = useStyles();
  const { reseller } = form;
  const ofReseller = (more: Partial<typeof reseller>) => change({ reseller: { ...reseller, ...more } });
  return (
    <Section title={say('rel.whom')}>
      <Panel padded className={styles.fields}>
        {isNew && (
          <>
            <Field label={say('rel.customerName')} required validationMessage={wrong('customer', 'name')}>
              <Input value={form.name} onChange={(_event, { value }) => change({ name: value })} />
            </Field>
            <Field
              label={say('rel.domain')}
              required
              hint={say('rel.domainHint')}
              validationMessage={wrong('customer', 'domain')}
            >
              <Input value={form.domain} onChange={(_event, { value }) => change({ domain: value })} />
            </Field>
          </>
        )}
        <Field label={say('rel.to')} hint={say('rel.toHint')} validationMessage={wrong('to')}>
          <Input type="email" value={form.to} onChange={(_event, { value }) => change({ to: value })} />
        </Field>
        <Checkbox
          label={say('rel.indirect')}
          checked={form.indirect}
          onChange={(_event, { checked }) => change({ indirect: checked === true })}
        />
        {form.indirect && (
          <>
            <span>{say('rel.indirectHint')}</span>
            <Field label={say('rel.resellerName')} required validationMessage={wrong('indirectReseller', 'name')}>
              <Input value={reseller.name} onChange={(_event, { value }) => ofReseller({ name: value })} />
            </Field>
            <Field label={say('rel.resellerTenant')} required validationMessage={wrong('indirectReseller', 'tenantId')}>
              <Input value={reseller.tenantId} onChange={(_event, { value }) => ofReseller({ tenantId: value })} />
            </Field>
            <Field label={say('rel.resellerMpn')} required validationMessage={wrong('indirectReseller', 'mpnId')}>
              <Input value={reseller.mpnId} onChange={(_event, { value }) => ofReseller({ mpnId: value })} />
            </Field>
          </>
        )}
      </Panel>
    </Section>
  );
}

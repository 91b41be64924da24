import { Button, Field, Input, makeStyles, Select, tokens } from '@fluentui/react-components';
import { useEffect, useMemo } from 'react';
import { type FieldPath, useForm, type UseFormRegister } from 'react-hook-form';
import { country } from '../../contract/values.ts';
import { problemOf } from '../api/client.ts';
import { useAct } from '../api/query.ts';
import { useFirstWrong } from '../frame/FormDialog.tsx';
import { ProblemBar } from '../frame/ProblemBar.tsx';
import { type TextKey, useText } from '../text.ts';
import { useFormat } from '../ui/format.ts';
import { PasswordInput } from '../ui/PasswordInput.tsx';

const useStyles = makeStyles({
  form: { display: 'flex', flexDirection: 'column', rowGap: '12px' },
  part: {
    margin: '8px 0 0',
    fontSize: tokens.fontSizeBase300,
    lineHeight: tokens.lineHeightBase300,
    fontWeight: tokens.fontWeightSemibold,
  },
  pair: {
    display: 'grid',
    gap: '12px',
    gridTemplateColumns: 'repeat(auto-fit, minmax(200px, 1fr))',
    // The longest name of a currency must not widen its list.
    '& > *': { minWidth: 0 },
    '& select': { minWidth: 0, textOverflow: 'ellipsis' },
  },
});

type First = {
  readonly partner: {
    name: string;
    domain: string;
    tenantId: string;
    market: string;
    currency: string;
    language: 'tr' | 'en';
  };
  readonly displayName: string;
  readonly email: string;
  readonly password: string;
};

const needed = { required: true, setValueAs: (value: string) => value.trim() };

/** The fields of POST /api/setup; what the server finds wrong stands at the field that it names. */
export function SetUpForm({ code, entered }: { code: string; entered: () => void }) {
  const styles = useStyles();
  const { say, language } = useText();
  const setUp = useAct('setUp');
  const turkish = language === 'tr';
  const { form, tried } = useFirstWrong(setUp.error);
  const { register, handleSubmit, formState } = useForm<First>({
    // It would go by the order in which the fields were registered.
    shouldFocusError: false,
    defaultValues: { partner: { market: turkish ? 'TR' : 'US', currency: turkish ? 'TRY' : 'USD', language } },
  });
  const found = problemOf(setUp.error)?.fields ?? [];
  const field = (name: FieldPath<First>, label: TextKey, hint?: TextKey) => {
    const missing = formState.errors[name as 'email'] ?? nested(formState.errors.partner, name);
    const message = missing
      ? say('error.required', { field: say(label) })
      : found.find((one) => one.field === name)?.message;
    return { label: say(label), validationMessage: message, ...(hint && { hint: say(hint) }) };
  };
  const { submitCount } = formState;
  // Counted together with what is missing, which is on the page by then.
  useEffect(() => {
    if (submitCount > 0) tried();
  }, [submitCount]);
  const submit = (first: First) => setUp.mutate({ body: { code, ...first } }, { onSuccess: entered });
  return (
    <form ref={form} className={styles.form} noValidate onSubmit={(event) => void handleSubmit(submit)(event)}>
      {setUp.error && found.length === 0 && <ProblemBar error={setUp.error} />}
      <CompanyFields field={field} register={register} />
      <h2 className={styles.part}>{say('setup.administrator')}</h2>
      <Field {...field('displayName', 'setup.displayName')}>
        <Input autoComplete="name" {...register('displayName', needed)} />
      </Field>
      <Field {...field('email', 'signin.email')}>
        <Input type="email" autoComplete="username" {...register('email', needed)} />
      </Field>
      <Field {...field('password', 'signin.password', 'account.passwordHint')}>
        <PasswordInput
          autoComplete="new-password"
          showText={say('signin.showPassword')}
          {...register('password', { required: true })}
        />
      </Field>
      <Button type="submit" appearance="primary" disabledFocusable={setUp.isPending}>
        {say('setup.submit')}
      </Button>
    </form>
  );
}

type CompanyProps = {
  readonly field: (name: FieldPath<First>, label: TextKey, hint?: TextKey) => object;
  readonly register: UseFormRegister<First>;
};

function CompanyFields({ field, register }: CompanyProps) {
  const styles = useStyles();
  const { say } = useText();
  const { countries, currencies } = useChoices();
  return (
    <>
      <h2 className={styles.part}>{say('setup.company')}</h2>
      <Field {...field('partner.name', 'setup.companyName')}>
        <Input autoComplete="organization" {...register('partner.name', needed)} />
      </Field>
      <Field {...field('partner.tenantId', 'setup.tenantId', 'setup.tenantIdHint')}>
        <Input autoComplete="off" spellCheck={false} {...register('partner.tenantId', needed)} />
      </Field>
      <Field {...field('partner.domain', 'setup.domain', 'setup.domainHint')}>
        <Input autoComplete="off" spellCheck={false} {...register('partner.domain', needed)} />
      </Field>
      <div className={styles.pair}>
        <Field {...field('partner.market', 'setup.market')}>
          <Select {...register('partner.market')}>
            {countries.map(([value, name]) => (
              <option key={value} value={value}>
                {name}
              </option>
            ))}
          </Select>
        </Field>
        <Field {...field('partner.currency', 'setup.currency')}>
          <Select {...register('partner.currency')}>
            {currencies.map(([value, name]) => (
              <option key={value} value={value}>
                {name}
              </option>
            ))}
          </Select>
        </Field>
      </div>
      <Field {...field('partner.language', 'setup.language')}>
        <Select {...register('partner.language')}>
          <option value="tr">{say('app.languageTr')}</option>
          <option value="en">{say('app.languageEn')}</option>
        </Select>
      </Field>
    </>
  );
}

function nested(errors: object | undefined, name: string): unknown {
  const [, part = ''] = name.split('partner.');
  return (errors as Record<string, unknown> | undefined)?.[part];
}

/** Countries and currencies with their names, in the reader’s order. */
function useChoices() {
  const { language } = useText();
  const format = useFormat();
  return useMemo(() => {
    const letters = Array.from('ABCDEFGHIJKLMNOPQRSTUVWXYZ');
    const codes = letters.flatMap((one) => letters.map((two) => one + two));
    const { compare } = new Intl.Collator(language);
    const countries = codes
      .filter((code) => country.safeParse(code).success)
      .map((code) => [code, format.country(code)] as const)
      .toSorted(([, one], [, two]) => compare(one, two));
    const names = new Intl.DisplayNames(language, { type: 'currency' });
    const currencies = Intl.supportedValuesOf('currency').map(
      (code) => [code, `${code} · ${names.of(code) ?? code}`] as const,
    );
    return { countries, currencies };
  }, [language, format]);
}

import {
  Button,
  Field,
  makeStyles,
  MessageBar,
  MessageBarActions,
  MessageBarBody,
  Select,
  tokens,
} from '@fluentui/react-components';
import { useId, useState } from 'react';
import type { LicenseProductOnWire } from '../../contract/licenses.ts';
import type { UserOnWire } from '../../contract/users.ts';
import { useAct } from '../api/query.ts';
import { ProblemBar } from '../frame/ProblemBar.tsx';
import { useEcho } from '../frame/useEcho.tsx';
import { useMay } from '../frame/useSession.ts';
import { WhyNot } from '../frame/WhyNot.tsx';
import { paths } from '../paths.ts';
import { useText } from '../text.ts';
import { RouterButton } from '../ui/RouterLink.tsx';
import { SidePanel } from '../ui/SidePanel.tsx';
import { useCountries } from '../ui/useCountries.ts';
import { heldOf, keyOf } from './held.ts';
import { LicenseServices } from './LicenseServices.tsx';

const useStyles = makeStyles({
  content: { display: 'flex', flexDirection: 'column', rowGap: '20px', paddingBottom: '24px' },
  location: { display: 'flex', flexDirection: 'column', rowGap: '8px' },
  row: { display: 'flex', flexWrap: 'wrap', gap: '8px', alignItems: 'flex-end' },
  field: { flexGrow: 1 },
  note: { margin: 0, color: tokens.colorNeutralForeground2 },
});

type Props = {
  readonly customerId: string;
  readonly country: string;
  readonly user: UserOnWire;
  readonly products: readonly LicenseProductOnWire[];
  readonly close: () => void;
};

/** One user: usage location, and each license with its services. */
export function UserPanel({ customerId, country, user, products, close }: Props) {
  const { say } = useText();
  const styles = useStyles();
  const { displayName, userPrincipalName, openIssue } = user;
  const held = products.filter((product) => heldOf(user, product).length > 0);
  return (
    <SidePanel open close={close} closeText={say('common.close')} title={displayName} hint={userPrincipalName}>
      <div className={styles.content}>
        {openIssue && (
          <MessageBar intent="warning" layout="multiline">
            <MessageBarBody>{say('licenses.openIssue', { reason: openIssue.title })}</MessageBarBody>
            <MessageBarActions>
              <RouterButton to={paths.result(customerId, openIssue.upgradeId)}>{say('licenses.toIssue')}</RouterButton>
            </MessageBarActions>
          </MessageBar>
        )}
        <Location key={user.usageLocation} customerId={customerId} country={country} user={user} />
        {held.length === 0 && <p className={styles.note}>{say('licenses.none')}</p>}
        {held.map((product) => (
          <LicenseServices
            key={`${user.userId} ${keyOf(product)}`}
            customerId={customerId}
            user={user}
            product={product}
          />
        ))}
        <WhyNot id="licenses-why-not" action="assignLicenses" />
      </div>
    </SidePanel>
  );
}

function Location({ customerId, country, user }: Pick<Props, 'customerId' | 'country' | 'user'>) {
  const { say } = useText();
  const styles = useStyles();
  const countries = useCountries();
  const echo = useEcho();
  const act = useAct('setUsageLocation');
  const mayChange = useMay('manageUsers');
  const whyNot = useId();
  const { usageLocation } = user;
  const [chosen, choose] = useState(usageLocation ?? country);
  const save = () =>
    act.mutate(
      { params: { customerId, userId: user.userId }, body: { usageLocation: chosen } },
      { onSuccess: () => echo(say('licenses.locationSaved')) },
    );
  return (
    <div className={styles.location}>
      <div className={styles.row}>
        <Field
          className={styles.field}
          label={say('licenses.location')}
          {...(usageLocation === null && {
            validationState: 'warning',
            validationMessage: say('licenses.locationMissing'),
          })}
        >
          <Select
            value={mayChange ? chosen : (usageLocation ?? '')}
            disabled={!mayChange}
            onChange={(_event, { value }) => choose(value)}
            aria-describedby={whyNot}
          >
            {!mayChange && usageLocation === null && <option value="">{say('licenses.locationNone')}</option>}
            {countries.map(({ code, name }) => (
              <option key={code} value={code}>
                {name}
              </option>
            ))}
          </Select>
        </Field>
        {mayChange && (
          <Button disabledFocusable={act.isPending || chosen === usageLocation} onClick={save}>
            {say('common.save')}
          </Button>
        )}
      </div>
      <WhyNot id={whyNot} action="manageUsers" />
      {act.error && <ProblemBar error={act.error} />}
    </div>
  );
}

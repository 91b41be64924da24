import { makeStyles, MessageBar, MessageBarBody, Switch, tokens } from '@fluentui/react-components';
import { LockClosed16Regular } from '@fluentui/react-icons';
import type { LicenseProductOnWire } from '../../contract/licenses.ts';
import type { UserOnWire } from '../../contract/users.ts';
import { problemOf } from '../api/client.ts';
import { useAct } from '../api/query.ts';
import { ProblemBar } from '../frame/ProblemBar.tsx';
import { useMay } from '../frame/useSession.ts';
import { useText } from '../text.ts';
import { heldOf, toggled } from './held.ts';
import { Reasons } from './Reasons.tsx';

const useStyles = makeStyles({
  license: { display: 'flex', flexDirection: 'column', rowGap: '6px' },
  name: {
    display: 'flex',
    alignItems: 'center',
    columnGap: '6px',
    margin: 0,
    fontSize: tokens.fontSizeBase300,
    fontWeight: tokens.fontWeightSemibold,
  },
  note: { margin: 0, fontSize: tokens.fontSizeBase200, color: tokens.colorNeutralForeground2 },
  services: { display: 'flex', flexDirection: 'column', margin: 0, padding: 0, listStyleType: 'none' },
  plan: {
    display: 'block',
    fontSize: tokens.fontSizeBase100,
    color: tokens.colorNeutralForeground3,
    overflowWrap: 'anywhere',
  },
});

type Props = {
  readonly customerId: string;
  readonly user: UserOnWire;
  readonly product: LicenseProductOnWire;
};

/** One license of a user with a switch for each service; what cannot be switched says why. */
export function LicenseServices({ customerId, user, product }: Props) {
  const { say } = useText();
  const styles = useStyles();
  const mayChange = useMay('assignLicenses');
  const { services, name, ours, skuId } = product;
  const { off, save, isSaving, error, refused } = useServices(customerId, user, product);
  return (
    <section className={styles.license} aria-label={name}>
      <h3 className={styles.name}>
        {!ours && <LockClosed16Regular aria-hidden />}
        {name}
      </h3>
      {!ours && <p className={styles.note}>{say('licenses.elsewhereHint')}</p>}
      <ul className={styles.services} aria-label={say('licenses.servicesOf', { product: name })}>
        {services.map(({ planId, name: service, planName }) => (
          <li key={`${skuId} ${planId}`}>
            <Switch
              checked={!off.has(planId)}
              disabled={!ours || !mayChange || isSaving}
              label={
                <>
                  {service}
                  <span className={styles.plan}>{planName}</span>
                </>
              }
              onChange={() => save(toggled(off, planId))}
            />
          </li>
        ))}
      </ul>
      {refused && (
        <MessageBar intent="error" layout="multiline" politeness="assertive">
          <MessageBarBody>
            <Reasons decided={refused} />
          </MessageBarBody>
        </MessageBar>
      )}
      {error && !refused && <ProblemBar error={error} />}
    </section>
  );
}

/** What is off, and as it is being saved what will be. */
function useServices(customerId: string, user: UserOnWire, product: LicenseProductOnWire) {
  const change = useAct('changeLicenses');
  const preview = useAct('previewLicenses');
  const stored = new Set(heldOf(user, product).flatMap(({ switchedOff }) => switchedOff));
  const asked = change.variables?.body?.assign?.[0]?.excludedPlanIds;
  const save = (off: ReadonlySet<string>) => {
    const body = { userIds: [user.userId], assign: [{ skuId: product.skuId, excludedPlanIds: [...off] }], remove: [] };
    const call = { params: { customerId }, body };
    preview.reset();
    // Who cannot have it is told by the act, why by its preview.
    change.mutate(call, {
      onError: (error) => problemOf(error)?.code === 'licenses-not-changed' && preview.mutate(call),
    });
  };
  return {
    off: change.isPending && asked ? new Set(asked) : stored,
    save,
    isSaving: change.isPending,
    error: change.error,
    refused: preview.data?.items.find(({ outcome }) => outcome === 'refused'),
  };
}

import { makeStyles, tokens } from '@fluentui/react-components';
import type { AcceptanceOnWire } from '../../contract/acceptance.ts';
import { useText } from '../text.ts';
import { type Fact, FactsList } from '../ui/FactsList.tsx';
import { useFormat } from '../ui/format.ts';
import { Section } from '../ui/Section.tsx';

const useStyles = makeStyles({
  list: {
    margin: 0,
    paddingLeft: '20px',
    display: 'flex',
    flexDirection: 'column',
    rowGap: '10px',
    overflowWrap: 'anywhere',
  },
  quiet: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
  term: { display: 'flex', flexDirection: 'column', rowGap: '4px' },
});

/** Who asks, whom, and exactly what would be granted; or what is granted already. */
export function ShownTerms({ acceptance }: { acceptance: AcceptanceOnWire }) {
  const { say } = useText();
  const format = useFormat();
  const styles = useStyles();
  const { kind, state, partner, indirectReseller, customer, privileges, until, grants, agreementNeeded } = acceptance;
  const asks: Fact[] = [
    { key: say('accept.company'), value: <strong>{partner.name}</strong> },
    { key: say('rel.domain'), value: partner.domain },
    { key: say('accept.tenant'), value: partner.tenantId },
    ...(indirectReseller
      ? [{ key: say('rel.through'), value: `${indirectReseller.name} (${indirectReseller.tenantId})` }]
      : []),
    {
      key: say(kind === 'manage' ? 'accept.organization' : 'accept.whom'),
      value: `${customer.name} · ${customer.domain}`,
    },
  ];
  const n = privileges.days ?? 0;
  const untilOf = (end: string) =>
    state === 'open' ? say('accept.untilDays', { date: format.day(end), n }) : say('accept.untilAnswered', { n });
  const untilText = until ? untilOf(until) : say('accept.noEnd');
  const title = kind === 'manage' ? 'accept.granted' : state === 'open' ? 'accept.wouldGrant' : 'accept.asked';
  return (
    <>
      <Section title={say(kind === 'manage' ? 'accept.partner' : 'accept.who')}>
        <FactsList facts={asks} />
      </Section>
      <Section title={say(title)}>
        <ul className={styles.list}>
          {state !== 'ended' && <li>{say('accept.reseller')}</li>}
          {kind === 'answer' ? (
            <Term asked={privileges} until={untilText} />
          ) : (
            grants.map((grant, index) => (
              <Term
                key={`${index} ${grant.kind}`}
                asked={grant}
                until={grant.endsAt ? format.day(grant.endsAt) : say('accept.noEnd')}
              />
            ))
          )}
          {kind === 'manage' && grants.length === 0 && <li>{say('accept.none')}</li>}
          {kind === 'answer' && agreementNeeded && <li>{say('accept.agreement')}</li>}
        </ul>
        {state === 'open' && (
          <span className={styles.quiet}>{say('accept.linkValid', { date: format.day(acceptance.expiresAt) })}</span>
        )}
      </Section>
    </>
  );
}

type Asked = Pick<AcceptanceOnWire['privileges'], 'kind' | 'roles' | 'services'>;

function Term({ asked: { kind, roles, services }, until }: { asked: Asked; until: string }) {
  const { say } = useText();
  const styles = useStyles();
  if (kind === 'none') return <li>{say('accept.none')}</li>;
  const facts: Fact[] = [
    ...(kind === 'gdap' ? [{ key: say('rel.roles'), value: roles.map(({ name }) => name).join(', ') }] : []),
    { key: say('rel.services'), value: services?.map(({ name }) => name).join(', ') ?? say('rel.servicesAll') },
    { key: say('accept.until'), value: until },
  ];
  return (
    <li>
      <div className={styles.term}>
        <span>{say(kind === 'dap' ? 'accept.full' : 'rel.statusTitle')}</span>
        <FactsList facts={facts} />
      </div>
    </li>
  );
}

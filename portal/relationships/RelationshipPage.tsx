import { makeStyles, MessageBar, MessageBarActions, MessageBarBody, tokens } from '@fluentui/react-components';
import { useParams } from 'react-router';
import { useAnswer, type Value } from '../api/query.ts';
import { Answered } from '../frame/Answered.tsx';
import { useMay } from '../frame/useSession.ts';
import { paths } from '../paths.ts';
import { useText } from '../text.ts';
import { type Fact, FactsList } from '../ui/FactsList.tsx';
import { useFormat } from '../ui/format.ts';
import { Panel } from '../ui/Panel.tsx';
import { RouterButton, RouterLink } from '../ui/RouterLink.tsx';
import { SCREEN } from '../ui/screen.ts';
import { Section } from '../ui/Section.tsx';
import { EndButton } from './EndButton.tsx';
import { EraseButton } from './EraseButton.tsx';
import { GrantList } from './GrantList.tsx';
import { RequestList } from './RequestList.tsx';
import { UseTable } from './UseTable.tsx';

const useStyles = makeStyles({
  halves: {
    display: 'grid',
    gridTemplateColumns: '3fr 2fr',
    alignItems: 'start',
    gap: '24px',
    [SCREEN.belowPreview]: { gridTemplateColumns: 'minmax(0, 1fr)' },
  },
  half: { display: 'flex', flexDirection: 'column', rowGap: '24px', minWidth: 0 },
  facts: { display: 'flex', flexDirection: 'column', rowGap: '12px', alignItems: 'flex-start' },
  quiet: { color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200 },
});

type Shown = Value<'showRelationship'>;

/** What may be done for a customer, until when, and what has been asked for. */
export function RelationshipPage() {
  const { customerId = '' } = useParams();
  const relationship = useAnswer('showRelationship', { params: { customerId } });
  return (
    <Answered
      query={relationship}
      texts={{ loading: 'rel.loading', error: 'rel.errorTitle', notFound: 'customer.notFoundTitle' }}
    >
      {(shown) => <Content customerId={customerId} shown={shown} />}
    </Answered>
  );
}

function Content({ customerId, shown }: { customerId: string; shown: Shown }) {
  const { say } = useText();
  const format = useFormat();
  const styles = useStyles();
  const mayAsk = useMay('requestRelationship');
  const { uses, grants, requests, warning } = shown;
  const granted = uses.filter(({ standing }) => standing === 'granted').length;
  const renewing = grants.find((grant) => grant.warning?.endsAt === warning?.endsAt);
  const renewAt = paths.newRequest({ customerId, roles: renewing?.roles.map(({ role }) => role) ?? [] });
  return (
    <>
      {warning && (
        <MessageBar intent="warning" layout="multiline">
          <MessageBarBody>{say('rel.warning', { n: warning.days, date: format.day(warning.endsAt) })}</MessageBarBody>
          {mayAsk && (
            <MessageBarActions>
              <RouterButton to={renewAt} size="small">
                {say('rel.renew')}
              </RouterButton>
            </MessageBarActions>
          )}
        </MessageBar>
      )}
      <div className={styles.halves}>
        <div className={styles.half}>
          <Section title={say('rel.statusTitle')} hint={say('rel.coverage', { granted, needed: uses.length })}>
            <UseTable uses={uses} />
            <RouterLink to={paths.help('requesting-privileges')}>{say('rel.help')}</RouterLink>
          </Section>
          <Section title={say('rel.grants')}>
            <GrantList customerId={customerId} grants={grants} />
          </Section>
        </div>
        <div className={styles.half}>
          <Section title={say('rel.reseller')}>
            <Panel padded className={styles.facts}>
              <FactsList facts={factsOf(shown, say, format)} />
              <EndButton customerId={customerId} />
              <EraseButton customerId={customerId} />
            </Panel>
          </Section>
          <Section title={say('rel.history')}>
            {mayAsk ? (
              <div>
                <RouterButton appearance="primary" to={paths.newRequest({ customerId, roles: [] })}>
                  {say('rel.requestMore')}
                </RouterButton>
              </div>
            ) : (
              <span className={styles.quiet}>{say('rel.noPermBody')}</span>
            )}
            {requests.length === 0 ? (
              <span className={styles.quiet}>{say('rel.historyNone')}</span>
            ) : (
              <RequestList requests={requests} />
            )}
          </Section>
        </div>
      </div>
    </>
  );
}

function factsOf(
  { since, agreement, indirectReseller }: Shown,
  say: ReturnType<typeof useText>['say'],
  format: ReturnType<typeof useFormat>,
): Fact[] {
  return [
    { key: say('rel.reseller'), value: say('rel.since', { date: format.day(since) }) },
    {
      key: say('rel.agreement'),
      value: agreement
        ? say('rel.agreementYes', { date: format.day(agreement.agreedAt), name: agreement.name })
        : say('rel.agreementNo'),
    },
    ...(indirectReseller ? [{ key: say('rel.through'), value: indirectReseller.name }] : []),
  ];
}

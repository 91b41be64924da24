import { Checkbox, makeStyles, tokens } from '@fluentui/react-components';
import type { WebhookOnWire } from '../../contract/webhooks.ts';
import { useText } from '../text.ts';
import { CheckboxGroup } from '../ui/CheckboxGroup.tsx';
import { SCREEN } from '../ui/screen.ts';
import type { Events } from './useWebhookColumns.tsx';

const useStyles = makeStyles({
  events: {
    display: 'grid',
    gridTemplateColumns: '1fr 1fr',
    alignItems: 'start',
    columnGap: '12px',
    maxHeight: '300px',
    overflowY: 'auto',
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
    padding: '4px',
    [SCREEN.belowTable]: { gridTemplateColumns: '1fr' },
  },
  all: { gridColumn: '1 / -1' },
});

type Chosen = WebhookOnWire['events'];
type Props = {
  readonly events: Events;
  readonly chosen: Chosen;
  readonly choose: (chosen: Chosen) => void;
  readonly wrong: string | undefined;
};

/** Which events are sent, each by its words. */
export function EventChoice({ events, chosen, choose, wrong }: Props) {
  const { say } = useText();
  const styles = useStyles();
  const all = events.map(({ event }) => event);
  return (
    <CheckboxGroup
      label={say('settings.hookEvents')}
      hint={say('settings.hookEventsHint')}
      error={wrong}
      className={styles.events}
    >
      <Checkbox
        className={styles.all}
        label={say('common.selectAll')}
        checked={chosen.length === 0 ? false : chosen.length === all.length ? true : 'mixed'}
        onChange={(_event, { checked }) => choose(checked === true ? all : [])}
      />
      {events.map(({ event, text }) => (
        <Checkbox
          key={event}
          label={text}
          checked={chosen.includes(event)}
          onChange={(_event, { checked }) =>
            choose(checked === true ? [...chosen, event] : chosen.filter((one) => one !== event))
          }
        />
      ))}
    </CheckboxGroup>
  );
}

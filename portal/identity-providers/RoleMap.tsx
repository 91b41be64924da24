import { Button, Input, makeStyles, Select } from '@fluentui/react-components';
import { AddRegular, DeleteRegular } from '@fluentui/react-icons';
import { ROLE_TEXT } from '../frame/roles.ts';
import { useText } from '../text.ts';
import { CheckboxGroup } from '../ui/CheckboxGroup.tsx';
import type { Mapping } from './provider-form.ts';

const useStyles = makeStyles({
  lines: { alignItems: 'flex-start', rowGap: '8px' },
  line: {
    width: '100%',
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr) minmax(0, 1fr) auto',
    alignItems: 'center',
    columnGap: '8px',
  },
  narrow: { minWidth: 0, '& > select': { minWidth: 0 } },
});

type Props = {
  readonly map: readonly Mapping[];
  readonly wrong: string | undefined;
  readonly change: (map: readonly Mapping[]) => void;
};

/** Which value of the claim gives which role: one line each. */
export function RoleMap({ map, wrong, change }: Props) {
  const { say } = useText();
  const styles = useStyles();
  const replace = (index: number, mapping: Partial<Mapping>) =>
    change(map.map((line, at) => (at === index ? { ...line, ...mapping } : line)));
  return (
    <CheckboxGroup
      className={styles.lines}
      label={say('provider.roleMap')}
      hint={say('provider.roleMapHint')}
      error={wrong}
    >
      {map.map(({ value, role }, index) => (
        // Lines have nothing of their own to tell them apart but their place.
        // oxlint-disable-next-line react/no-array-index-key
        <div key={index} className={styles.line}>
          <Input
            className={styles.narrow}
            aria-label={say('provider.claimValue', { n: index + 1 })}
            placeholder={say('provider.claimValuePlaceholder')}
            value={value}
            onChange={(_event, data) => replace(index, { value: data.value })}
          />
          <Select
            className={styles.narrow}
            aria-label={say('provider.roleOf', { n: index + 1 })}
            value={role}
            onChange={(_event, data) => replace(index, { role: data.value as Mapping['role'] })}
          >
            {ROLES.map((one) => (
              <option key={one} value={one}>
                {say(ROLE_TEXT[one])}
              </option>
            ))}
          </Select>
          <Button
            appearance="subtle"
            icon={<DeleteRegular />}
            aria-label={say('provider.removeLine', { n: index + 1 })}
            onClick={() => change(map.filter((_line, at) => at !== index))}
          />
        </div>
      ))}
      <Button
        appearance="subtle"
        icon={<AddRegular />}
        onClick={() => change([...map, { value: '', role: 'salesAgent' }])}
      >
        {say('provider.addLine')}
      </Button>
    </CheckboxGroup>
  );
}

const ROLES = Object.keys(ROLE_TEXT) as readonly Mapping['role'][];

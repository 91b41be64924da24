import { Field, makeStyles, Radio, RadioGroup, Select } from '@fluentui/react-components';
import { useMemo } from 'react';
import { useAnswer } from '../api/query.ts';
import type { Platform } from '../catalogue/address.ts';
import { PLATFORM_TEXT } from '../catalogue/texts.ts';
import { ProblemBar } from '../frame/ProblemBar.tsx';
import { useText } from '../text.ts';
import { Panel } from '../ui/Panel.tsx';
import { SCREEN } from '../ui/screen.ts';
import { Section } from '../ui/Section.tsx';
import type { FormPart } from './campaign-form.ts';

const useStyles = makeStyles({
  fields: { display: 'flex', flexDirection: 'column', rowGap: '12px' },
  path: {
    display: 'grid',
    gridTemplateColumns: 'repeat(2, minmax(0, 360px))',
    gap: '12px 20px',
    [SCREEN.belowTable]: { gridTemplateColumns: 'minmax(0, 1fr)' },
  },
});

const PLATFORMS: readonly Platform[] = ['newCommerce', 'legacy'];

type Offer = { readonly offerId: string; readonly name: string };
type OpenPath = { readonly platform: Platform; readonly from: Offer; readonly to: Offer };

/** The paths that are open in the partner's market today. */
function usePaths() {
  const newCommerce = useAnswer('showUpgradeMap', { query: { platform: 'newCommerce' } });
  const legacy = useAnswer('showUpgradeMap', { query: { platform: 'legacy' } });
  const maps = { newCommerce: newCommerce.data, legacy: legacy.data };
  const open = PLATFORMS.flatMap((platform) =>
    (maps[platform]?.paths ?? [])
      .filter(({ state }) => state === 'open')
      .map(({ from, to }): OpenPath => ({ platform, from, to })),
  );
  return { open, error: newCommerce.error ?? legacy.error };
}

/** From which offer to which: only where a path leads. A file names the first itself, and may name the second. */
export function PathFields({ form, path, change, move, wrong }: FormPart) {
  const { say } = useText();
  const styles = useStyles();
  const { open, error } = usePaths();
  const isFile = path.by === 'file';
  const leading = isFile ? open : open.filter(({ from }) => from.offerId === path.from);
  const chooseFrom = (from: string) => {
    const stays = open.some((one) => one.from.offerId === from && one.to.offerId === path.to);
    move({ from, ...(!stays && { to: '' }) });
    change({ picked: {} });
  };
  return (
    <Section number={1} title={say('bulk.path')}>
      <Panel padded className={styles.fields}>
        {error && <ProblemBar error={error} />}
        <div className={styles.path}>
          {!isFile && (
            <OfferField
              label={say('bulk.from')}
              value={path.from}
              offers={open.map(({ platform, from }) => ({ platform, ...from }))}
              change={chooseFrom}
              wrong={wrong('choose.sourceOfferId', path.from !== '')}
              required
            />
          )}
          <OfferField
            label={say('bulk.to')}
            hint={isFile ? say('bulk.toHint') : undefined}
            value={path.to}
            offers={leading.map(({ platform, to }) => ({ platform, ...to }))}
            change={(to) => move({ to })}
            wrong={wrong('targetOfferId', path.to !== '')}
            required={!isFile}
          />
        </div>
        <Field label={say('wizard.transfer')}>
          <RadioGroup
            value={form.upgradeType}
            onChange={(_event, { value }) =>
              change({ upgradeType: value === 'upgrade_only' ? value : 'upgrade_with_license_transfer' })
            }
          >
            <Radio value="upgrade_with_license_transfer" label={say('wizard.transferWith')} />
            <Radio value="upgrade_only" label={say('wizard.transferWithout')} />
          </RadioGroup>
        </Field>
      </Panel>
    </Section>
  );
}

type OfferFieldProps = {
  readonly label: string;
  readonly hint?: string | undefined;
  readonly value: string;
  readonly offers: readonly (Offer & { readonly platform: Platform })[];
  readonly change: (offerId: string) => void;
  readonly wrong: string | undefined;
  readonly required: boolean;
};

function OfferField({ label, hint, value, offers, change, wrong, required }: OfferFieldProps) {
  const { say, language } = useText();
  const groups = useMemo(() => {
    const { compare } = new Intl.Collator(language);
    return PLATFORMS.map((platform) => {
      const ours = new Map(offers.filter((one) => one.platform === platform).map((one) => [one.offerId, one]));
      return { platform, all: [...ours.values()].toSorted((one, other) => compare(one.name, other.name)) };
    }).filter(({ all }) => all.length > 0);
  }, [offers, language]);
  const known = groups.some(({ all }) => all.some(({ offerId }) => offerId === value));
  return (
    <Field label={label} hint={hint} required={required} validationMessage={wrong}>
      <Select value={known ? value : ''} onChange={(_event, data) => change(data.value)}>
        <option value="">{say('cat.chooseOffer')}</option>
        {groups.map(({ platform, all }) => (
          <optgroup key={platform} label={say(PLATFORM_TEXT[platform])}>
            {all.map(({ offerId, name }) => (
              <option key={offerId} value={offerId}>
                {name}
              </option>
            ))}
          </optgroup>
        ))}
      </Select>
    </Field>
  );
}

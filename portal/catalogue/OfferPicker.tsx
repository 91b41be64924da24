import { Combobox, makeStyles, Option } from '@fluentui/react-components';
import { type RefObject, useState } from 'react';
import { useText } from '../text.ts';
import { foldForSearch } from '../ui/fold.ts';

const useStyles = makeStyles({
  field: { minWidth: 0, width: '100%', maxWidth: '320px' },
  list: { maxHeight: '320px' },
});

type Props = {
  readonly label: string;
  readonly offers: readonly { readonly offerId: string; readonly name: string }[];
  readonly chosen: string | undefined;
  readonly choose: (offerId: string | undefined) => void;
  readonly field?: RefObject<HTMLInputElement | null>;
};

/** An offer by its name, found as it is spoken, ı and i alike. */
export function OfferPicker({ label, offers, chosen, choose, field }: Props) {
  const { say, language } = useText();
  const styles = useStyles();
  const [typed, type] = useState<string>();
  const { compare } = new Intl.Collator(language);
  const wanted = foldForSearch(typed ?? '');
  const found = offers
    .filter(({ name }) => foldForSearch(name).includes(wanted))
    .toSorted((one, other) => compare(one.name, other.name));
  return (
    <Combobox
      className={styles.field}
      {...(field && { ref: field })}
      aria-label={label}
      placeholder={label}
      freeform
      clearable
      listbox={{ className: styles.list }}
      value={typed ?? offers.find(({ offerId }) => offerId === chosen)?.name ?? ''}
      selectedOptions={chosen ? [chosen] : []}
      onChange={({ target }) => type(target.value)}
      onBlur={() => type(undefined)}
      onOptionSelect={(_event, { optionValue }) => {
        choose(optionValue);
        type(undefined);
      }}
    >
      {found.map(({ offerId, name }) => (
        <Option key={offerId} value={offerId}>
          {name}
        </Option>
      ))}
      {found.length === 0 && (
        <Option disabled value="" text={say('cat.noSuchOffer')}>
          {say('cat.noSuchOffer')}
        </Option>
      )}
    </Combobox>
  );
}

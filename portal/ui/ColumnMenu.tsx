import {
  Button,
  Menu,
  MenuItemCheckbox,
  MenuList,
  MenuPopover,
  MenuTrigger,
  Tooltip,
  useRestoreFocusTarget,
} from '@fluentui/react-components';
import { ColumnTriple20Regular } from '@fluentui/react-icons';
import type { ColumnChoice } from './useColumnChoice.ts';

const NAME = 'columns';

/** Which columns a list shows, at the end of its toolbar. */
export function ColumnMenu({
  label,
  choice: { choices, choose },
}: {
  readonly label: string;
  readonly choice: Pick<ColumnChoice<object>, 'choices' | 'choose'>;
}) {
  const opener = useRestoreFocusTarget();
  const shown = choices.filter((one) => one.shown).map(({ id }) => id);
  return (
    <Menu
      checkedValues={{ [NAME]: shown }}
      onCheckedValueChange={(_event, { checkedItems }) => choose(checkedItems)}
      persistOnItemClick
      positioning={{ autoSize: true, position: 'below', align: 'end' }}
    >
      <MenuTrigger disableButtonEnhancement>
        <Tooltip content={label} relationship="label">
          <Button {...opener} appearance="subtle" icon={<ColumnTriple20Regular />} />
        </Tooltip>
      </MenuTrigger>
      <MenuPopover>
        <MenuList>
          {choices.map(({ id, text }) => (
            <MenuItemCheckbox key={id} name={NAME} value={id}>
              {text}
            </MenuItemCheckbox>
          ))}
        </MenuList>
      </MenuPopover>
    </Menu>
  );
}

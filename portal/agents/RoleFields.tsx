import { Checkbox } from '@fluentui/react-components';
import type { Dispatch, SetStateAction } from 'react';
import type { HindranceOnWire, ManagedAgentOnWire } from '../../contract/agents.ts';
import { ROLE_TEXT } from '../frame/roles.ts';
import { useText } from '../text.ts';
import { CheckboxGroup } from '../ui/CheckboxGroup.tsx';

export type Roles = ManagedAgentOnWire['roles'];
const ALL = Object.keys(ROLE_TEXT) as Roles;

type Props = {
  readonly roles: Roles;
  readonly change: Dispatch<SetStateAction<Roles>>;
  readonly rolesToGive: Roles;
  /** Why the role Global admin cannot be taken away. */
  readonly takeGlobalAdmin?: HindranceOnWire;
  readonly error?: string | undefined;
};

/** Every role; those that the caller neither gives nor takes are shown, and it is said why. */
export function RoleFields({ roles, change, rolesToGive, takeGlobalAdmin = null, error }: Props) {
  const { say } = useText();
  const reasonFor = (role: Roles[number]) => {
    if (!rolesToGive.includes(role)) return say('agents.globalAdminOnly');
    return role === 'globalAdmin' && takeGlobalAdmin === 'last-global-admin' ? say('agents.lastAdminKeeps') : undefined;
  };
  const hints = ALL.flatMap((role) => {
    const reason = reasonFor(role);
    return reason ? say('agents.reasonOf', { role: say(ROLE_TEXT[role]), reason }) : [];
  });
  if (roles.length === 0) hints.push(say('agents.noRolesHint'));
  return (
    <CheckboxGroup label={say('settings.roles')} hint={hints.join(' ')} error={error}>
      {ALL.map((role) => (
        <Checkbox
          key={role}
          label={say(ROLE_TEXT[role])}
          disabled={reasonFor(role) !== undefined}
          checked={roles.includes(role)}
          onChange={(_event, { checked }) =>
            change((before) => (checked === true ? [...before, role] : before.filter((one) => one !== role)))
          }
        />
      ))}
    </CheckboxGroup>
  );
}

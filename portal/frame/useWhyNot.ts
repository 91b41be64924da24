import type { ActionOnWire } from '../../contract/values.ts';
import { useAnswer } from '../api/query.ts';
import { type TextKey, useText } from '../text.ts';
import { ROLE_TEXT } from './roles.ts';
import { useSession } from './useSession.ts';

/**
 * Why the agent may not do something, which roles may, and who has one: a few sentences. Undefined where it may, and until that is known.
 * `lead` says it for the act in question, with the agent's `role`.
 */
export function useWhyNot(action: ActionOnWire, lead: TextKey = 'why.role'): string | undefined {
  const { say } = useText();
  const session = useSession().data;
  const isRefused = session !== undefined && !session.may[action];
  const whom = useWhomToAsk(isRefused ? action : undefined);
  if (!isRefused) return undefined;
  const { roles } = session.agent;
  const needed = session.rolesThatMay[action] ?? [];
  const nameAll = (given: typeof roles) => given.map((role) => say(ROLE_TEXT[role])).join(', ');
  return [
    roles.length > 0 ? say(lead, { role: nameAll(roles) }) : say('why.noRole'),
    say('why.needed', { n: needed.length, roles: nameAll(needed) }),
    whom,
  ]
    .filter(Boolean)
    .join(' ');
}

/** Which colleagues could do it; undefined until that is known, and where nothing is asked. */
export function useWhomToAsk(action: ActionOnWire | undefined): string | undefined {
  const { say } = useText();
  const call = { params: { action: action ?? 'view' } } as const;
  const holders = useAnswer('listAgentsThatMay', call, { enabled: action !== undefined }).data;
  if (!holders || action === undefined) return undefined;
  const names = holders.names.join(', ');
  const more = holders.count - holders.names.length;
  if (holders.count === 0) return say('why.nobody');
  return more > 0 ? say('why.askMore', { names, n: more }) : say('why.ask', { names });
}

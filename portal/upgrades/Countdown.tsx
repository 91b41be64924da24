import { useEffect, useState } from 'react';
import { askAgain } from '../api/query.ts';
import { useSession } from '../frame/useSession.ts';
import { useText } from '../text.ts';

const TICK_MS = 1000;
/** Once it is due the server applies it within a second or two. */
const ASKED_AGAIN_MS = 2000;

/** How long until an upgrade is sent, by the deployment's clock; then asks until it is. */
export function Countdown({ dueAt }: { dueAt: string }) {
  const { say } = useText();
  const session = useSession();
  const ahead = session.data ? Date.parse(session.data.now) - session.dataUpdatedAt : 0;
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), TICK_MS);
    return () => clearInterval(timer);
  }, []);
  const seconds = Math.ceil((Date.parse(dueAt) - now - ahead) / 1000);
  const isDue = seconds <= 0;
  useEffect(() => {
    if (!isDue) return undefined;
    const timer = setInterval(askAgain, ASKED_AGAIN_MS);
    return () => clearInterval(timer);
  }, [isDue]);
  if (isDue) return say('result.heldNow');
  const minutes = Math.floor(seconds / 60);
  const time =
    minutes < 60
      ? say('format.minutesSeconds', { m: minutes, s: seconds % 60 })
      : say('format.hoursMinutes', { h: Math.floor(minutes / 60), m: minutes % 60 });
  return <span role="timer">{say('result.heldTitle', { time })}</span>;
}

import { makeStyles } from '@fluentui/react-components';
import type { ReactNode } from 'react';
import { SPOKEN_ONLY } from './screen.ts';

const useStyles = makeStyles({ spoken: SPOKEN_ONLY });

/** Words for a screen reader alone. */
export function Spoken({ children }: { children: ReactNode }) {
  return <span className={useStyles().spoken}>{children}</span>;
}

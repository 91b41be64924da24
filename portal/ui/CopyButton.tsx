import { Button } from '@fluentui/react-components';
import { CheckmarkRegular, CopyRegular } from '@fluentui/react-icons';
import { useState } from 'react';
import { Spoken } from './Spoken.tsx';

const SHOWN_MS = 3000;

type Props = {
  readonly text: string;
  readonly copied: string;
  readonly value: string;
  /** Small, and with its icon alone, beside the value that it copies. */
  readonly compact?: boolean;
};

/** Copies a value and says so in place. */
export function CopyButton({ text, copied, value, compact = false }: Props) {
  const [done, setDone] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(value);
    setDone(true);
    setTimeout(() => setDone(false), SHOWN_MS);
  };
  const word = done ? copied : text;
  return (
    <span>
      <Button
        appearance="transparent"
        size={compact ? 'small' : 'medium'}
        icon={done ? <CheckmarkRegular /> : <CopyRegular />}
        aria-label={compact ? word : undefined}
        onClick={() => void copy()}
      >
        {compact ? undefined : word}
      </Button>
      {/* Beside the button: what a status says is no part of a button's name. */}
      <span role="status">
        <Spoken>{done ? copied : ''}</Spoken>
      </span>
    </span>
  );
}

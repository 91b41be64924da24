import { Button } from '@fluentui/react-components';
import { CheckmarkRegular, CopyRegular } from '@fluentui/react-icons';
import { useState } from 'react';
import { Spoken } from './Spoken.tsx';

const SHOWN_MS = 3000;

/** Copies a value and says so in place. */
export function CopyButton({ text, copied, value }: { text: string; copied: string; value: string }) {
  const [done, setDone] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(value);
    setDone(true);
    setTimeout(() => setDone(false), SHOWN_MS);
  };
  return (
    <span>
      <Button appearance="transparent" icon={done ? <CheckmarkRegular /> : <CopyRegular />} onClick={() => void copy()}>
        {done ? copied : text}
      </Button>
      {/* Beside the button: what a status says is no part of a button's name. */}
      <span role="status">
        <Spoken>{done ? copied : ''}</Spoken>
      </span>
    </span>
  );
}

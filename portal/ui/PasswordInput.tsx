import { Button, Input, type InputProps } from '@fluentui/react-components';
import { EyeOffRegular, EyeRegular } from '@fluentui/react-icons';
import { useState } from 'react';

type Props = Omit<InputProps, 'type' | 'contentAfter'> & { readonly showText: string };

/** A secret that can be looked at while it is typed; pasting and password managers work. */
export function PasswordInput({ showText, ...props }: Props) {
  const [shown, show] = useState(false);
  return (
    <Input
      {...props}
      type={shown ? 'text' : 'password'}
      spellCheck={false}
      autoCapitalize="none"
      contentAfter={
        <Button
          appearance="transparent"
          size="small"
          aria-label={showText}
          aria-pressed={shown}
          icon={shown ? <EyeOffRegular /> : <EyeRegular />}
          onClick={() => show(!shown)}
        />
      }
    />
  );
}

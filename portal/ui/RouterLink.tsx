import { Button, type ButtonProps, Link, type LinkProps } from '@fluentui/react-components';
import type { ReactNode } from 'react';
import { useHref, useLinkClickHandler } from 'react-router';

type Target = { readonly to: string; readonly children: ReactNode };

/** A link to a page of the portal: a real address, opened without loading anew. */
export function RouterLink({ to, ...props }: Target & Pick<LinkProps, 'className' | 'appearance' | 'inline'>) {
  const open = useLinkClickHandler(to);
  return <Link {...props} href={useHref(to)} onClick={(event) => open(event)} />;
}

/** The same, where the link is the thing to do. */
export function RouterButton({
  to,
  ...props
}: Target & Pick<ButtonProps, 'appearance' | 'icon' | 'size' | 'className'>) {
  const open = useLinkClickHandler(to);
  return <Button {...props} as="a" href={useHref(to)} onClick={(event) => open(event)} />;
}

import {
  Button,
  makeStyles,
  OverlayDrawer,
  Popover,
  PopoverSurface,
  PopoverTrigger,
  tokens,
} from '@fluentui/react-components';
import { Info20Regular } from '@fluentui/react-icons';
import {
  type FocusEvent,
  type KeyboardEvent,
  type MouseEvent,
  type PointerEvent,
  useEffect,
  useRef,
  useState,
} from 'react';
import { useSearchParams } from 'react-router';
import type { SubscriptionOnWire } from '../../contract/subscriptions.ts';
import { useText } from '../text.ts';
import { UpgradeCard } from './UpgradeCard.tsx';
import { type UpgradeCards, useOpenCard } from './upgrade-card.ts';

const SWIPED_PX = 60;

const useStyles = makeStyles({
  icon: {
    minWidth: '24px',
    width: '24px',
    height: '24px',
    padding: 0,
    marginLeft: '6px',
    verticalAlign: 'middle',
    color: tokens.colorBrandForeground1,
  },
  surface: {
    width: '350px',
    maxWidth: 'calc(100vw - 32px)',
    boxSizing: 'border-box',
    padding: '16px',
    borderRadius: '8px',
  },
  sheet: { height: 'auto', maxHeight: '80vh', padding: '8px 16px 16px', borderRadius: '12px 12px 0 0' },
  grip: {
    display: 'block',
    width: '48px',
    height: '20px',
    margin: '0 auto',
    padding: 0,
    border: 'none',
    backgroundColor: 'transparent',
    touchAction: 'none',
    '::before': {
      content: '""',
      display: 'block',
      height: '4px',
      borderRadius: '2px',
      backgroundColor: tokens.colorNeutralStroke1,
    },
  },
});

type Props = {
  readonly customerId: string;
  readonly name: string;
  readonly subscription: SubscriptionOnWire;
  readonly cards: UpgradeCards;
};

/** The information icon right after the name of what can be upgraded, and its card; by touch a sheet from below. */
export function UpgradeIcon({ customerId, name, subscription, cards }: Props) {
  const styles = useStyles();
  const { say } = useText();
  const id = subscription.subscriptionId;
  const sheet = useSheet(id);
  const { open, pinned, icon, surface, onIcon, onSurface } = useCardEvents(id, cards, sheet.open);
  return (
    <>
      <Popover
        open={open}
        positioning={{ position: 'below', align: 'start', offset: { mainAxis: 8, crossAxis: -12 } }}
        withArrow
        trapFocus={false}
        unstable_disableAutoFocus
        onOpenChange={(_event, data) => !data.open && pinned && cards.close()}
      >
        <PopoverTrigger disableButtonEnhancement>
          <Button
            ref={icon}
            className={styles.icon}
            appearance="transparent"
            shape="circular"
            icon={<Info20Regular />}
            aria-label={say('subs.infoIconAria', { name })}
            aria-haspopup="dialog"
            aria-expanded={open || sheet.shown}
            {...onIcon}
          />
        </PopoverTrigger>
        <PopoverSurface
          ref={surface}
          role="dialog"
          className={styles.surface}
          aria-labelledby={`card-${id}`}
          {...onSurface}
        >
          <UpgradeCard titleId={`card-${id}`} customerId={customerId} subscription={subscription} />
        </PopoverSurface>
      </Popover>
      <OverlayDrawer
        className={styles.sheet}
        position="bottom"
        open={sheet.shown}
        aria-labelledby={`sheet-${id}`}
        onOpenChange={(_event, data) => !data.open && sheet.close()}
      >
        <Grip className={styles.grip} close={sheet.close} />
        <UpgradeCard titleId={`sheet-${id}`} customerId={customerId} subscription={subscription} />
      </OverlayDrawer>
    </>
  );
}

/** What pointer and keyboard do at the icon and in its card, which is drawn elsewhere: Tab leads in and out as if it stood right behind the icon. */
function useCardEvents(id: string, cards: UpgradeCards, openSheet: () => void) {
  const iconElement = useRef<HTMLElement>(null);
  const surfaceElement = useRef<HTMLElement>(null);
  const byTouch = useRef(false);
  const shown = useOpenCard(cards, id);
  const open = shown !== undefined;
  const pinned = shown?.pinned ?? false;
  const stops = () => [...(surfaceElement.current?.querySelectorAll<HTMLElement>('a, button') ?? [])];
  useEffect(() => {
    // The card is not yet where it belongs: the page must not scroll to it, for an icon that leaves the view closes it.
    if (open && pinned) stops()[0]?.focus({ preventScroll: true });
  }, [open, pinned]);
  useLeavingView(iconElement, open, cards.close);
  useEscape(open, cards.dismiss);

  const pointer = {
    onPointerEnter: (event: PointerEvent) => event.pointerType !== 'touch' && cards.enter(id),
    onPointerLeave: (event: PointerEvent) => event.pointerType !== 'touch' && cards.leave(),
    onBlur: ({ relatedTarget }: FocusEvent) => {
      const to = relatedTarget as Node | null;
      if (to && (surfaceElement.current?.contains(to) || iconElement.current === to)) return;
      if (pinned) cards.close();
      else cards.leave();
    },
  };
  const onIcon = {
    ...pointer,
    onPointerDown: (event: PointerEvent) => {
      byTouch.current = event.pointerType === 'touch';
    },
    onFocus: (event: FocusEvent<HTMLElement>) => event.target.matches(':focus-visible') && cards.focus(id),
    onKeyDown: (event: KeyboardEvent) => {
      if (event.key !== 'Tab' || event.shiftKey || !open) return;
      event.preventDefault();
      stops()[0]?.focus();
    },
    onClick: (event: MouseEvent) => {
      event.preventDefault();
      if (byTouch.current) openSheet();
      else if (open && pinned) cards.close();
      else cards.pin(id);
    },
  };
  const onSurface = {
    ...pointer,
    onKeyDown: (event: KeyboardEvent) => {
      const back = event.shiftKey;
      if (event.key === 'Escape') {
        event.stopPropagation();
        iconElement.current?.focus();
        cards.dismiss();
      }
      if (event.key !== 'Tab' || event.target !== (back ? stops()[0] : stops().at(-1))) return;
      // Back to the icon; forward, the browser goes on from there.
      if (back) event.preventDefault();
      iconElement.current?.focus();
      if (!back) cards.close();
    },
  };
  return {
    open,
    pinned,
    icon: (element: HTMLElement | null) => void (iconElement.current = element),
    surface: (element: HTMLElement | null) => void (surfaceElement.current = element),
    onIcon,
    onSurface,
  };
}

/** The handle of the sheet: pulled down, or pressed, it closes it. */
function Grip({ className, close }: { className: string; close: () => void }) {
  const { say } = useText();
  const [from, setFrom] = useState<number>();
  return (
    <button
      type="button"
      className={className}
      aria-label={say('common.close')}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        setFrom(event.clientY);
      }}
      onPointerMove={(event) => from !== undefined && event.clientY - from > SWIPED_PX && close()}
      onPointerUp={() => setFrom(undefined)}
      onClick={close}
    />
  );
}

/** The sheet stands in the address, so that Back closes it. */
function useSheet(id: string) {
  const [search, setSearch] = useSearchParams();
  const shown = search.get('card') === id;
  return {
    shown,
    open: () => setSearch((before) => new URLSearchParams([...before, ['card', id]])),
    close: () => shown && window.history.back(),
  };
}

/** Esc closes the card wherever the focus is: a pointer alone may have opened it. */
function useEscape(open: boolean, dismiss: () => void): void {
  const latest = useRef(dismiss);
  latest.current = dismiss;
  useEffect(() => {
    if (!open) return undefined;
    const onKeyDown = ({ key }: globalThis.KeyboardEvent) => key === 'Escape' && latest.current();
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [open]);
}

/** The card goes when its row leaves the view. */
function useLeavingView(icon: { readonly current: HTMLElement | null }, open: boolean, close: () => void): void {
  const latest = useRef(close);
  latest.current = close;
  useEffect(() => {
    if (!open || !icon.current) return undefined;
    const observer = new IntersectionObserver(([entry]) => entry?.isIntersecting === false && latest.current());
    observer.observe(icon.current);
    return () => observer.disconnect();
  }, [icon, open]);
}

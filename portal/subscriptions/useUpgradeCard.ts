import { useEffect, useRef, useState } from 'react';

const OPENS_AFTER_MS = 250;
const CLOSES_AFTER_MS = 300;

export type UpgradeCardState = {
  /** The subscription whose card is open; one at a time. */
  readonly openId: string | undefined;
  /** Pinned: open until it is closed, with the focus in it. */
  readonly pinned: boolean;
  readonly enter: (id: string) => void;
  readonly leave: () => void;
  readonly focus: (id: string) => void;
  readonly pin: (id: string) => true;
  readonly close: () => void;
  /** After Esc the card stays shut until pointer and focus have left once. */
  readonly dismiss: () => void;
};

/** When the card beside an information icon opens and closes: by pointer after a moment, by focus at once, pinned by a press. */
export function useUpgradeCard(): UpgradeCardState {
  const [card, setCard] = useState<{ readonly id: string; readonly pinned: boolean }>();
  const dismissed = useRef<string>(undefined);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const after = (ms: number, act: () => void) => {
    clearTimeout(timer.current);
    timer.current = setTimeout(act, ms);
  };
  useEffect(() => () => clearTimeout(timer.current), []);
  const close = () => {
    clearTimeout(timer.current);
    setCard(undefined);
  };
  return {
    openId: card?.id,
    pinned: card?.pinned ?? false,
    enter: (id) => {
      if (dismissed.current === id || (card?.pinned && card.id !== id)) return;
      if (card?.id === id) clearTimeout(timer.current);
      else after(OPENS_AFTER_MS, () => setCard({ id, pinned: false }));
    },
    leave: () => {
      dismissed.current = undefined;
      if (!card?.pinned) after(CLOSES_AFTER_MS, () => setCard(undefined));
    },
    focus: (id) => {
      clearTimeout(timer.current);
      if (dismissed.current !== id) setCard((open) => (open?.id === id ? open : { id, pinned: false }));
    },
    pin: (id) => {
      clearTimeout(timer.current);
      dismissed.current = undefined;
      setCard({ id, pinned: true });
      return true;
    },
    close,
    dismiss: () => {
      dismissed.current = card?.id;
      close();
    },
  };
}

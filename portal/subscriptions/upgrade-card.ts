import { useEffect, useState, useSyncExternalStore } from 'react';

const OPENS_AFTER_MS = 250;
const CLOSES_AFTER_MS = 300;

type Open = {
  /** The subscription whose card is open; one at a time. */
  readonly id: string;
  /** Open until it is closed, with the focus in it. */
  readonly pinned: boolean;
};

/** When the card beside an information icon opens and closes: by pointer after a moment, by focus at once, pinned by a press. */
export type UpgradeCards = {
  readonly enter: (id: string) => void;
  readonly leave: () => void;
  readonly focus: (id: string) => void;
  readonly pin: (id: string) => true;
  readonly close: () => void;
  /** After Esc the card stays shut until pointer and focus have left once. */
  readonly dismiss: () => void;
  readonly current: () => Open | undefined;
  readonly subscribe: (listen: () => void) => () => void;
};

/** The cards of one list. They are no state of the list: opening one must not draw every row anew. */
export function useUpgradeCards(): UpgradeCards {
  const [cards] = useState(createCards);
  useEffect(() => cards.close, [cards]);
  return cards;
}

/** The card of one subscription, while it is open. */
export function useOpenCard(cards: UpgradeCards, id: string): Open | undefined {
  return useSyncExternalStore(cards.subscribe, () => (cards.current()?.id === id ? cards.current() : undefined));
}

function createCards(): UpgradeCards {
  const listeners = new Set<() => void>();
  let open: Open | undefined;
  let dismissed: string | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const show = (next: Open | undefined) => {
    clearTimeout(timer);
    open = next;
    for (const listen of listeners) listen();
  };
  const showAfter = (ms: number, next: Open | undefined) => {
    clearTimeout(timer);
    timer = setTimeout(() => show(next), ms);
  };
  return {
    enter: (id) => {
      if (dismissed === id || (open?.pinned && open.id !== id)) return;
      if (open?.id === id) clearTimeout(timer);
      else showAfter(OPENS_AFTER_MS, { id, pinned: false });
    },
    leave: () => {
      dismissed = undefined;
      if (!open?.pinned) showAfter(CLOSES_AFTER_MS, undefined);
    },
    focus: (id) => {
      clearTimeout(timer);
      if (dismissed !== id && open?.id !== id) show({ id, pinned: false });
    },
    pin: (id) => {
      dismissed = undefined;
      show({ id, pinned: true });
      return true;
    },
    close: () => show(undefined),
    dismiss: () => {
      dismissed = open?.id;
      show(undefined);
    },
    current: () => open,
    subscribe: (listen) => {
      listeners.add(listen);
      return () => listeners.delete(listen);
    },
  };
}

import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { useEffect, useRef, useState } from 'react';
import type * as Drawings from './draw.ts';

/** What is drawn with; it comes with the library of plots. */
export type Drawing = typeof Drawings;
/** A figure as it was drawn. */
export type Drawn = {
  readonly svg: SVGSVGElement | HTMLElement;
  /** What of it can be clicked, in the order of what it stands for. */
  readonly marks?: string;
};

const useStyles = makeStyles({
  chart: {
    minHeight: '48px',
    fontFamily: tokens.fontFamilyBase,
    color: tokens.colorNeutralForeground2,
    '& svg': { display: 'block', maxWidth: '100%', overflow: 'visible', fontFamily: 'inherit' },
  },
  picks: { '& [data-pick]': { cursor: 'pointer' }, '& [data-pick]:hover': { opacity: 0.75 } },
});

type Props = {
  /** All that it shows, for whoever does not see it. */
  readonly label: string;
  readonly draw: (drawing: Drawing, width: number) => Drawn;
  /** What a click on the mark of that number opens. */
  readonly pick?: ((index: number) => void) | undefined;
};

/**
 * A plot as wide as its place; the library comes with the first one. To a screen reader it is one picture with a summary, and its table has
 * everything that a pointer finds in it.
 */
export function Chart({ label, draw, pick }: Props) {
  const styles = useStyles();
  const place = useRef<HTMLDivElement>(null);
  const drawing = useDrawing();
  const width = useWidth(place);
  useEffect(() => {
    const element = place.current;
    if (!drawing || !width || !element) return undefined;
    const { svg, marks } = draw(drawing, width);
    // The page's policy lets in no styles but its own; what they would say stands in this component's.
    for (const style of svg.querySelectorAll('style')) style.remove();
    svg.setAttribute('role', 'img');
    svg.setAttribute('aria-label', label);
    if (pick && marks) {
      for (const [index, mark] of svg.querySelectorAll(marks).entries()) {
        mark.setAttribute('data-pick', String(index));
        mark.addEventListener('click', () => pick(index));
      }
    }
    element.replaceChildren(svg);
    return () => element.replaceChildren();
  }, [drawing, width, draw, label, pick]);
  return <div ref={place} className={mergeClasses(styles.chart, pick && styles.picks)} />;
}

function useDrawing(): Drawing | undefined {
  const [drawing, setDrawing] = useState<Drawing>();
  useEffect(() => {
    let gone = false;
    void import('./draw.ts').then((loaded) => !gone && setDrawing(loaded));
    return () => {
      gone = true;
    };
  }, []);
  return drawing;
}

function useWidth(place: React.RefObject<HTMLElement | null>): number {
  const [width, setWidth] = useState(0);
  useEffect(() => {
    const element = place.current;
    if (!element) return undefined;
    const observer = new ResizeObserver(() => setWidth(Math.floor(element.clientWidth)));
    observer.observe(element);
    return () => observer.disconnect();
  }, [place]);
  return width;
}

import { mergeClasses } from '@fluentui/react-components';
import type { Line } from './layout.ts';
import { useMapStyles } from './map.styles.ts';

const HEAD_PX = 7;
const CROSS_PX = 7;

/** A path from box to box: thick, thin, dotted where it is off, dashed with a cross where it is refused. */
export function MapLine({ line: { path, points }, thick }: { line: Line; thick: boolean }) {
  const styles = useMapStyles();
  const end = points.at(-1);
  if (!end) return null;
  const refused = path.state === 'refused';
  const back = { x: end.x - HEAD_PX, y: end.y };
  return (
    <g>
      <path
        d={curve([...points.slice(0, -1), back])}
        className={mergeClasses(
          styles.line,
          thick && styles.thick,
          path.state === 'off' && styles.off,
          refused && styles.refused,
        )}
      />
      {refused ? (
        <Cross x={end.x - CROSS_PX} y={end.y} />
      ) : (
        <polygon
          className={mergeClasses(styles.head, thick && styles.thickHead)}
          points={`${end.x},${end.y} ${back.x},${back.y - HEAD_PX / 2} ${back.x},${back.y + HEAD_PX / 2}`}
        />
      )}
    </g>
  );
}

function Cross({ x, y }: { x: number; y: number }) {
  const styles = useMapStyles();
  const arm = CROSS_PX / 2.2;
  return (
    <g className={styles.cross}>
      <circle cx={x} cy={y} r={CROSS_PX} />
      <path d={`M${x - arm},${y - arm} L${x + arm},${y + arm} M${x - arm},${y + arm} L${x + arm},${y - arm}`} />
    </g>
  );
}

/** Level at every point, and round in between. */
function curve([first, ...rest]: Line['points']): string {
  if (!first) return '';
  const parts = rest.map((point, index) => {
    const before = rest[index - 1] ?? first;
    const middle = (before.x + point.x) / 2;
    return `C${middle},${before.y} ${middle},${point.y} ${point.x},${point.y}`;
  });
  return `M${first.x},${first.y} ${parts.join(' ')}`;
}

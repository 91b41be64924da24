import { mergeClasses } from '@fluentui/react-components';
import type { Line } from './layout.ts';
import { useMapStyles } from './map.styles.ts';

const HEAD_PX = 7;
const CROSS_PX = 7;

/** A path from box to box: thick, thin, dotted where it is off, dashed with a cross where it is refused. */
export function MapLine({ line: { path, points }, thick }: { line: Line; thick: boolean }) {
  const styles = useMapStyles();
  const [before, end] = [points.at(-2), points.at(-1)];
  if (!before || !end) return null;
  const refused = path.state === 'refused';
  const [dx, dy] = [end.x - before.x, end.y - before.y];
  const length = Math.hypot(dx, dy) || 1;
  const [ux, uy] = [dx / length, dy / length];
  const back = { x: end.x - ux * HEAD_PX, y: end.y - uy * HEAD_PX };
  const wing = { x: -uy * (HEAD_PX / 2), y: ux * (HEAD_PX / 2) };
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
        <Cross x={end.x - ux * CROSS_PX} y={end.y - uy * CROSS_PX} />
      ) : (
        <polygon
          className={mergeClasses(styles.head, thick && styles.thickHead)}
          points={`${end.x},${end.y} ${back.x + wing.x},${back.y + wing.y} ${back.x - wing.x},${back.y - wing.y}`}
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

/** A line that is round at the points in between. */
function curve(points: Line['points']): string {
  const [first, ...rest] = points;
  const last = rest.at(-1);
  if (!first || !last) return '';
  const parts = rest.slice(0, -1).map((point, index) => {
    const next = rest[index + 1] ?? last;
    const to = index === rest.length - 2 ? last : { x: (point.x + next.x) / 2, y: (point.y + next.y) / 2 };
    return `Q${point.x},${point.y} ${to.x},${to.y}`;
  });
  return `M${first.x},${first.y} ${parts.length > 0 ? parts.join(' ') : `L${last.x},${last.y}`}`;
}

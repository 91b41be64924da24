/** Where the layout changes: preview below the form, navigation as a drawer, tables as lists. */
export const SCREEN = {
  belowPreview: '@media (max-width: 1100px)',
  belowNavigation: '@media (max-width: 900px)',
  belowTable: '@media (max-width: 640px)',
} as const;

/** Seen by a screen reader alone. */
export const SPOKEN_ONLY = {
  position: 'absolute',
  width: '1px',
  height: '1px',
  overflow: 'hidden',
  clipPath: 'inset(50%)',
  whiteSpace: 'nowrap',
} as const;

import { type BrandVariants, createDarkTheme, createLightTheme, type Theme } from '@fluentui/react-components';

/** The ramp "Boğaz": a blue-green of our own, far from the green of success and the red of danger. */
const BRAND: BrandVariants = {
  10: '#03161E',
  20: '#07242F',
  30: '#083545',
  40: '#084357',
  50: '#09516A',
  60: '#0A5B78',
  70: '#0A6384',
  80: '#0B6A8F',
  90: '#2A7EA2',
  100: '#4793B5',
  110: '#62A6C5',
  120: '#7DB8D3',
  130: '#98C9DF',
  140: '#B3D9E9',
  150: '#CFE8F2',
  160: '#E9F4F9',
};

const FONT = '"Segoe UI Variable Text", "Segoe UI", Inter, system-ui, sans-serif';

/** Colors of series in plots: apart for every kind of sight, and each 3:1 against its ground. */
type Charts = Readonly<Record<'chart1' | 'chart2' | 'chart3' | 'chartOther' | 'chartGrid', string>>;

export const LIGHT: Theme & Charts = {
  ...createLightTheme(BRAND),
  fontFamilyBase: FONT,
  chart1: '#0B6A8F',
  chart2: '#D0691F',
  chart3: '#4B2A7A',
  chartOther: '#8E8E8E',
  chartGrid: '#E8E8E8',
};

const dark = createDarkTheme(BRAND);
/** Where the generated theme is too dark or too bright to be read on its grounds. */
export const DARK: Theme & Charts = {
  ...dark,
  fontFamilyBase: FONT,
  chart1: '#4FA3CB',
  chart2: '#F3B26B',
  chart3: '#E7D6FF',
  chartOther: '#8A8A8A',
  chartGrid: '#3A3A3A',
  colorBrandForeground1: BRAND[120],
  colorBrandForegroundLink: BRAND[120],
  colorCompoundBrandForeground1: BRAND[120],
  colorBrandForeground2: BRAND[130],
  colorBrandForegroundLinkHover: BRAND[130],
  colorBrandStroke1: BRAND[110],
  colorCompoundBrandStroke: BRAND[110],
  colorCompoundBrandBackground: BRAND[110],
  colorBrandBackground2: '#0D3647',
  colorNeutralStroke2: dark.colorNeutralStroke3,
  colorStatusSuccessBackground1: '#14301A',
  colorStatusWarningBackground1: '#3A2310',
  colorStatusDangerBackground1: '#3A1519',
  colorStatusSuccessForeground1: '#74C774',
  colorStatusDangerForeground1: '#F0969E',
};

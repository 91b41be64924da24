import { describe } from 'vitest';
import { walkScreens } from './screen-walk.ts';

describe.each(['tr', 'en'] as const)('in %s', (language) => {
  describe.each([1280, 400] as const)('at %i px', (width) =>
    walkScreens({ language, width, screens: 'each', colors: 'each' }),
  );
});

import { walkScreens } from './screen-walk.ts';

walkScreens({ language: 'en', width: 1280, scanned: true });

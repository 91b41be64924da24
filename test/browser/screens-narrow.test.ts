import { walkScreens } from './screen-walk.ts';

walkScreens({ language: 'tr', width: 400, scanned: false });

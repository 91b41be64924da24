import { walkScreens } from './screen-walk.ts';

walkScreens({ language: 'tr', width: 1280, screens: 'every second', colors: 'every third', narrows: true });

import { walkScreens } from './screen-walk.ts';

walkScreens({ language: 'tr', width: 1280, colors: 'every third', blocks: 'every fourth', narrows: true });

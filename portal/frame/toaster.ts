/** Where messages that echo an act appear. */
export const TOASTER = 'toaster';

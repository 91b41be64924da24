/** What a customer is recognized as, which widens or limits what it may be sold (N51, N52). */
export const QUALIFICATIONS = [
  'none',
  'education',
  'nonprofit',
  'governmentCommunityCloud',
  'stateOwnedEntity',
] as const;
export type Qualification = (typeof QUALIFICATIONS)[number];

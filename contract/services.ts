import { z } from 'zod';

const service = z.object({ family: z.string(), name: z.string(), role: z.enum(['principal', 'companion']) });
export type ServiceOnWire = z.infer<typeof service>;

/** What comes, stays and goes between two offers; services of either kind, principal ones first. */
export const serviceComparison = z.object({
  gains: z.array(service),
  keeps: z.array(service),
  loses: z.array(service),
  /** Names of service plans that give way to another of their kind, and of those that come instead. */
  replaces: z.array(z.object({ from: z.string(), to: z.string() })),
});
export type ServiceComparisonOnWire = z.infer<typeof serviceComparison>;

import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['core/**/*.test.ts', 'contract/**/*.test.ts', 'server/**/*.test.ts', 'test/**/*.test.ts'],
    globalSetup: ['test/global-postgres.ts'],
    // Two cores: one PostgreSQL beside two files at a time.
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 120_000,
    // As patient as the browser tests' own waiting.
    expect: { poll: { timeout: 8000 } },
  },
});

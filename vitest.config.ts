import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** The walk through every screen first: it takes longest, and where nothing was measured yet a small file would come last. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]) {
    // oxlint-disable-next-line unicorn/no-array-sort -- a sequencer's own, which answers with a new array
    const sorted = await super.sort(files);
    const isWalk = ({ moduleId }: TestSpecification) => moduleId.includes('/screens.test');
    return [...sorted.filter(isWalk), ...sorted.filter((file) => !isWalk(file))];
  }
}

export default defineConfig({
  test: {
    include: ['core/**/*.test.ts', 'contract/**/*.test.ts', 'server/**/*.test.ts', 'test/**/*.test.ts'],
    globalSetup: ['test/global-postgres.ts'],
    // Files share a process and the modules that it has loaded; each has its own server, database and browser profiles.
    isolate: false,
    // For the servers that tests start as processes: Node compiles their sources once.
    env: { NODE_COMPILE_CACHE: fileURLToPath(new URL('node_modules/.cache/compiled', import.meta.url)) },
    sequence: { sequencer: LongestFirst },
    // On two cores: a file that waits for its browser or its database leaves room for another.
    maxWorkers: 3,
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // What the driver of a browser says, on a machine that has no time for it: asked once more, and shown as such. Nothing else is.
    retry: { count: 1, condition: /^(?:locator|page|frame|browser\w*)\.\w+: / },
    // As patient as the browser tests' own waiting.
    expect: { poll: { timeout: 20_000 } },
  },
});

import { defineConfig } from 'vitest/config'

const exclude = ['**/node_modules/**', '**/dist/**']

/** What most files import is the same: once for each worker, and not for each file. */
const SHARED_IMPORTS = { isolate: false }

/** A machine that is busy with other tests is slow, and nothing waits this long by itself. */
const PATIENCE = { testTimeout: 30_000, hookTimeout: 30_000, expect: { poll: { timeout: 10_000 } } }

/** What a second database could get wrong: who is first, how many, when, and who is told. */
const MOST_TELLING =
  '{idempotency,ip-limits,main-job,operator,queries,several-payments,shop,waiting}'

/**
 * What runs on SQLite below, on a real Postgres; the whole of it by `npm run test:faults`. Starts
 * on a copy of a file, or beside a lock, are SQLite's alone: `test/cluster` has their like.
 */
const onPostgres = (files: string) => [
  `test/proxy/${files}.test.ts`,
  '!test/proxy/{restart,program,check,start}.test.ts',
]

/**
 * What a change would break first: paying, windows, doubles, upgrades, the demo, and what it takes
 * to be read and pressed by everyone. All of it runs by `npm run test:browsers`, which names its
 * browser.
 */
const FIRST_BROKEN = {
  e2e: '{purchase,window,twice,upgrade,demo-program}',
  everyone: '{axe,hands}',
}
const inBrowsers = (folder: keyof typeof FIRST_BROKEN) => [
  `test/${folder}/${process.env.BROWSER ? '*' : FIRST_BROKEN[folder]}.test.ts`,
]

/** What runs in Node. The button's own tests run in a browser: `web-test-runner.config.mjs`. */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'faults',
          include: ['test/faults/**/*.test.ts'],
          exclude,
          // Programs are killed and their answers timed: one file at a time.
          fileParallelism: false,
          ...SHARED_IMPORTS,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'node',
          include: [
            'src/{contract,proxy}/**/*.test.ts',
            'demo/**/*.test.ts',
            'test/{bench,guarantees,languages,proxy,security}/**/*.test.ts',
          ],
          exclude,
          // The longest of all: it takes two lanes, also where there are but two cores.
          maxWorkers: 2,
          ...SHARED_IMPORTS,
          ...PATIENCE,
        },
      },
      {
        test: {
          name: 'postgres',
          include: onPostgres(process.env.FAULT_FORM === 'long' ? '*' : MOST_TELLING),
          exclude,
          globalSetup: 'test/postgres-setup.ts',
          ...SHARED_IMPORTS,
          ...PATIENCE,
        },
      },
      {
        test: {
          // Several programs on one database; what they are timed by is theirs alone.
          name: 'cluster',
          include: ['test/cluster/**/*.test.ts'],
          exclude,
          globalSetup: 'test/postgres-setup.ts',
          fileParallelism: false,
        },
      },
      {
        test: {
          // With packages and a lockfile of its own: `npm run test:runtimes`.
          name: 'runtimes',
          include: ['test/runtimes/*.test.ts'],
          exclude,
          testTimeout: 60_000,
        },
      },
      {
        test: {
          // The button in every state, as people with different eyes and hands use it; Chromium.
          name: 'everyone',
          include: inBrowsers('everyone'),
          exclude,
          ...SHARED_IMPORTS,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          // Against baselines, by `npm run test:pictures`.
          name: 'pictures',
          include: ['test/pictures/**/*.test.ts'],
          exclude,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          // With packages and a lockfile of its own: `npm run test:consumers`.
          name: 'consumers',
          include: ['test/consumers/*.test.ts'],
          exclude,
          fileParallelism: false,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'e2e',
          include: inBrowsers('e2e'),
          exclude,
          // One shop and one browser at a time: windows and their timing are tried here.
          fileParallelism: false,
          ...SHARED_IMPORTS,
          // Windows of real browsers on a machine that is shared: once more before it counts.
          retry: process.env.CI ? 1 : 0,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
})

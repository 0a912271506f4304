import type { Mode } from './net/urls.js'

/** What the whole proxy was told, checked and complete. Durations in milliseconds. */
export interface Settings {
  mode: Mode
  /** Without a slash at its end. */
  publicUrl: string
  origins: readonly string[]
  /** The first one is used, all are accepted. */
  secrets: readonly [string, ...string[]]
  apiKeys: readonly string[]
  shopName: string | undefined
  lifetime: number
  grace: number
  querySchedule: readonly number[]
}

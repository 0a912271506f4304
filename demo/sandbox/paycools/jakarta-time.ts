const JAKARTA_OFFSET = 7 * 60 * 60 * 1000

/** `2023-03-01 09:45:58`: UTC+7, which the documents leave out. @param time ms since the epoch. */
export function jakartaTime(time: number): string {
  return new Date(time + JAKARTA_OFFSET).toISOString().slice(0, 19).replace('T', ' ')
}

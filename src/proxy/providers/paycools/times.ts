/**
 * `yyyy-MM-dd HH:mm:ss` without a zone is Asia/Jakarta, UTC+7 all year: the times of creation in
 * the documents' samples agree with the times inside their transaction numbers to the second. That
 * `expireTime` shares their zone is an assumption.
 *
 * @returns ISO 8601 UTC, or `null` for what is no time.
 */
export function readTime(text: string | null | undefined): string | null {
  const match = /^(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2}:\d{2})$/.exec(text?.trim() ?? '')
  const time = match ? new Date(`${match[1]}T${match[2]}+07:00`) : undefined
  return time && !Number.isNaN(time.getTime()) ? time.toISOString() : null
}

/** What stands for many runs. The quartiles hold the middle half of them. */
export interface Summary {
  median: number
  least: number
  most: number
  quartiles: [number, number]
}

/** @throws {RangeError} where there is no value. */
export function summarise(values: readonly number[]): Summary {
  if (values.length === 0) throw new RangeError('nothing was measured')
  const sorted = [...values].sort((a, b) => a - b)
  return {
    median: quantile(sorted, 0.5),
    least: sorted[0] ?? 0,
    most: sorted.at(-1) ?? 0,
    quartiles: [quantile(sorted, 0.25), quantile(sorted, 0.75)],
  }
}

/** Between two values where it falls between them. */
export function quantile(sorted: ArrayLike<number>, at: number): number {
  const place = (sorted.length - 1) * at
  const below = sorted[Math.floor(place)] ?? Number.NaN
  const above = sorted[Math.ceil(place)] ?? Number.NaN
  return below + (above - below) * (place - Math.floor(place))
}

/** How far the middle half of the runs lies apart, as a share of their median. */
export function spread({ median, quartiles: [lower, upper] }: Summary): number {
  return median === 0 ? 0 : Math.abs((upper - lower) / median)
}

/** What `y` gains for each 1 of `x`, by least squares. */
export function slope(points: readonly (readonly [x: number, y: number])[]): number {
  const meanX = points.reduce((sum, [x]) => sum + x, 0) / points.length
  const meanY = points.reduce((sum, [, y]) => sum + y, 0) / points.length
  const along = points.reduce((sum, [x, y]) => sum + (x - meanX) * (y - meanY), 0)
  const square = points.reduce((sum, [x]) => sum + (x - meanX) ** 2, 0)
  return along / square
}

export function median(values: readonly number[]): number {
  return summarise(values).median
}

/** How many buttons are drawn in one task, as a press has to wait for its end. */
const AT_ONCE = 10
/** In the task that runs the script and defines the element, which is long enough without them. */
const AT_FIRST = 3

let drawn = AT_ONCE - AT_FIRST
let over: Promise<void> | undefined

/** After whatever else the page has to do by now. */
export function nextTask(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve))
}

/** What to wait for before one more button is drawn, unless this task has room for it. */
export function turn(): Promise<void> | undefined {
  over ??= nextTask().then(() => {
    drawn = 0
    over = undefined
  })
  drawn += 1
  return drawn > AT_ONCE ? over : undefined
}

/** How many buttons are drawn in one task, as a press has to wait for its end. */
const AT_ONCE = 10
/** A task that makes more, such as the one that runs the script, is long enough without drawing. */
const FEW = 3

let made = 0
let drawn = 0
let over: Promise<void> | undefined

/** After whatever else the page has to do by now. */
export function nextTask(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve))
}

/** When what is counted of this task is forgotten. */
function endOfTask(): Promise<void> {
  over ??= nextTask().then(() => {
    made = drawn = 0
    over = undefined
  })
  return over
}

/** Takes note of a button that this task makes. */
export function noteMade(): void {
  made += 1
  void endOfTask()
}

/** What to wait for before one more button is drawn, unless this task has room for it. */
export function turn(): Promise<void> | undefined {
  const later = endOfTask()
  drawn += 1
  return made > FEW || drawn > AT_ONCE ? later : undefined
}

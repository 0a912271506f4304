/** The form of the settings as a query string, and back. What stands at its default is left out. */

type Control = HTMLInputElement | HTMLSelectElement

function controlsOf(form: HTMLFormElement): Control[] {
  return [...form.elements].filter(
    (element): element is Control =>
      (element instanceof HTMLInputElement || element instanceof HTMLSelectElement) &&
      element.name !== '',
  )
}

function isTick(control: Control): control is HTMLInputElement {
  return control.type === 'checkbox' || control.type === 'radio'
}

/** What a control says when nobody has touched it. */
function defaultOf(control: Control): string {
  return control instanceof HTMLSelectElement
    ? (control.options[0]?.value ?? '')
    : control.defaultValue
}

export function queryOf(form: HTMLFormElement): URLSearchParams {
  const query = new URLSearchParams()
  for (const control of controlsOf(form)) {
    const isSet = isTick(control)
      ? control.checked && !control.defaultChecked
      : control.value.trim() !== defaultOf(control)
    if (isSet) query.append(control.name, control.value.trim())
  }
  return query
}

export function fillIn(form: HTMLFormElement, query: URLSearchParams): void {
  for (const control of controlsOf(form)) {
    const values = query.getAll(control.name)
    if (isTick(control))
      control.checked =
        values.includes(control.value) || (values.length === 0 && control.defaultChecked)
    else control.value = values[0] ?? defaultOf(control)
    // A word that the list does not have.
    if (control instanceof HTMLSelectElement && control.selectedIndex < 0) control.selectedIndex = 0
  }
}

/** A control by the name of what it sets; there is one of each that is asked for. */
export function controlOf(form: HTMLFormElement, name: string): Control {
  return form.elements.namedItem(name) as Control
}

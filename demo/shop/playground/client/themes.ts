/** Begins from a theme: its tokens stand in the form, and no other ones. */
export function linkThemes(form: HTMLFormElement): void {
  for (const press of form.querySelectorAll<HTMLElement>('[data-theme]')) {
    press.addEventListener('click', () => {
      const theme = JSON.parse(press.dataset.theme ?? '{}') as Record<string, string>
      for (const control of form.querySelectorAll<HTMLInputElement | HTMLSelectElement>(
        '[name^="--"], [name=scheme]',
      )) {
        control.value = theme[control.name] ?? ''
      }
      form.dispatchEvent(new Event('input', { bubbles: true }))
    })
  }
}

/** A colour may be picked or typed: each shows the other, and the default while there is none. */
export function linkPickers(form: HTMLFormElement): void {
  const hexOf = createReader()
  for (const picker of form.querySelectorAll<HTMLInputElement>('input[type=color]')) {
    const field = form.elements.namedItem(picker.dataset.for ?? '')
    if (!(field instanceof HTMLInputElement)) continue
    const follow = () => {
      picker.value = hexOf(field.value) ?? hexOf(field.placeholder) ?? ''
    }
    picker.addEventListener('input', () => {
      field.value = picker.value
    })
    form.addEventListener('input', follow)
    follow()
  }
}

/** Reads any colour that CSS knows, mixed ones too, by painting it. */
function createReader(): (colour: string) => string | undefined {
  const canvas = document.createElement('canvas')
  canvas.width = 1
  canvas.height = 1
  const context = canvas.getContext('2d', { willReadFrequently: true })
  return (colour) => {
    if (!context || !CSS.supports('color', colour)) return undefined
    context.fillStyle = colour
    context.fillRect(0, 0, 1, 1)
    const [red = 0, green = 0, blue = 0] = context.getImageData(0, 0, 1, 1).data
    return `#${[red, green, blue].map((part) => part.toString(16).padStart(2, '0')).join('')}`
  }
}

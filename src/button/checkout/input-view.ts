import { html, nothing, type TemplateResult } from 'lit'

/** An input as its field has it. */
export interface Input {
  /** Its id and name. */
  id: string
  label: string
  value: string
  /** `type` and `inputmode`. */
  type: string
  autocomplete: string
  isRequired: boolean
  /** After it, the keyboard's own button pays. */
  isLast: boolean
  /** What is wrong, in a sentence. */
  fault: string | undefined
  /** The id of what is said of it elsewhere. */
  hint?: string | undefined
  onInput(value: string): void
  onLeave?(event: FocusEvent): void
}

/** A label, its input and what is wrong with it. */
export function inputView(input: Input): TemplateResult {
  const { id, fault, hint } = input
  const description = [fault && `${id}-fault`, hint].filter(Boolean).join(' ')
  return html`
    <div part="field" class="field">
      <label for=${id}>${input.label}</label>
      <input
        part="input"
        id=${id}
        name=${id}
        type=${input.type === 'numeric' ? 'text' : input.type}
        inputmode=${input.type}
        autocomplete=${input.autocomplete}
        autocapitalize="words"
        autocorrect="off"
        spellcheck="false"
        enterkeyhint=${input.isLast ? 'go' : 'next'}
        aria-required=${input.isRequired}
        aria-invalid=${fault ? 'true' : nothing}
        aria-describedby=${description || nothing}
        .value=${input.value}
        @input=${(event: InputEvent) => input.onInput((event.currentTarget as HTMLInputElement).value)}
        @blur=${input.onLeave}
      />
      ${fault ? html`<p part="fault" id="${id}-fault">${fault}</p>` : nothing}
    </div>
  `
}

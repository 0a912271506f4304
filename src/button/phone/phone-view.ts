import { generate } from 'lean-qr/nano'
import { html, type TemplateResult } from 'lit'
import type { Language } from '../language.js'
import { phoneWords } from './phone-words.js'

/** White around the code, in modules; ISO/IEC 18004 asks for four. */
const QUIET = 4
const WIDTH_PX = 224

/** A QR code of the cashier's link, made here: the link is shown to nobody else. */
export function phoneView(url: string, language: Language): TemplateResult {
  const code = generate(url)
  const side = code.size + 2 * QUIET
  let dark = ''
  for (let y = 0; y < code.size; y++) {
    for (let x = 0; x < code.size; x++) if (code.get(x, y)) dark += `M${x} ${y}h1v1h-1z`
  }
  const { scan, picture } = phoneWords[language]
  // Black on white whatever the page's colours: many cameras read nothing else.
  return html`
    <p>${scan}</p>
    <svg
      role="img"
      aria-label=${picture}
      width=${WIDTH_PX}
      height=${WIDTH_PX}
      viewBox="${-QUIET} ${-QUIET} ${side} ${side}"
      shape-rendering="crispEdges"
    >
      <path fill="#fff" d="M${-QUIET} ${-QUIET}h${side}v${side}h${-side}z" />
      <path fill="#000" d=${dark} />
    </svg>
  `
}

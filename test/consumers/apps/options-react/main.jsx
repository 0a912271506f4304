import { PayButton } from 'pay-button/react'
import { createRef } from 'react'
import { flushSync } from 'react-dom'
import { createRoot } from 'react-dom/client'

const root = createRoot(document.querySelector('#root'))
const button = createRef()

/** What the test plays: a page whose state changes. Without props it shows no button. */
window.show = (props, { default: label, ...slots } = {}) => {
  const named = Object.entries(slots).map(([slot, text]) => (
    <b key={slot} slot={slot}>
      {text}
    </b>
  ))
  flushSync(() =>
    root.render(
      props && (
        <PayButton {...props} ref={button}>
          {label}
          {named}
        </PayButton>
      ),
    ),
  )
}
window.held = () => button.current

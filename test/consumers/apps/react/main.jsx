import { PayButton } from 'pay-button/react'
import { StrictMode, useRef, useState } from 'react'
import { createRoot } from 'react-dom/client'

const { endpoint, order } = Object.fromEntries(new URLSearchParams(location.search))

function Shop() {
  const [told, setTold] = useState([])
  const button = useRef(null)
  const tell = (event) => setTold((before) => [...before, event.type])
  return (
    <>
      <PayButton
        ref={button}
        endpoint={endpoint}
        order={order ?? (async () => (await fetch('/order')).text())}
        onPayOpen={tell}
        onPayPending={tell}
        onPaySuccess={tell}
      />
      <button type="button" onClick={() => button.current.open()}>
        Check out
      </button>
      <p id="told">{told.join(' ')}</p>
    </>
  )
}

createRoot(document.querySelector('#root')).render(
  <StrictMode>
    <Shop />
  </StrictMode>,
)

'use client'

import { PayButton } from 'pay-button/react'
import { useRef, useState } from 'react'

export function Shop({ endpoint, order }) {
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

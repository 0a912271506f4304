import { PayButton } from 'pay-button/react'
import { StrictMode, useState } from 'react'
import { createRoot } from 'react-dom/client'
import { placeOrder } from './place-order.js'

interface CheckoutProps {
  endpoint: string
  words: Readonly<Record<string, string | undefined>>
}

function Checkout({ endpoint, words }: CheckoutProps) {
  const [quantity, setQuantity] = useState('1')
  const [news, setNews] = useState<'open' | 'paid'>()
  return (
    <>
      <label>
        {words.quantity}{' '}
        <select
          value={quantity}
          disabled={news !== undefined}
          onChange={({ target }) => setQuantity(target.value)}
        >
          {['1', '2', '3'].map((each) => (
            <option key={each}>{each}</option>
          ))}
        </select>
      </label>
      {/* Another key is another purchase: the next press is for what the cart holds by then. */}
      <PayButton
        key={quantity}
        endpoint={endpoint}
        order={() => placeOrder({ quantity })}
        onPayPending={() => setNews('open')}
        onPayFailure={() => setNews(undefined)}
        onPaySuccess={() => setNews('paid')}
      />
      {news === 'paid' && <p role="status">{words.thanks}</p>}
    </>
  )
}

const app = document.querySelector<HTMLElement>('#app')
if (app) {
  const { endpoint = '', ...words } = app.dataset
  createRoot(app).render(
    <StrictMode>
      <Checkout endpoint={endpoint} words={words} />
    </StrictMode>,
  )
}

import { describe, expect, it } from 'vitest'
import { readSettings, SettingsError } from './settings.js'

describe('readSettings', () => {
  it('needs no environment, and makes its secrets up', () => {
    const first = readSettings({})
    const second = readSettings({})
    expect(first).toMatchObject({
      shop: { port: 8080, url: 'http://localhost:8080' },
      sandboxPort: 8788,
      ownProviders: [],
      proxy: {
        PAY_MODE: 'test',
        PAY_PUBLIC_URL: 'http://localhost:8787/pay',
        PAY_ORIGINS: 'http://localhost:8080,http://127.0.0.1:8080',
      },
    })
    for (const name of ['PAY_SECRET', 'PAY_ORDER_SECRET', 'PAY_WEBHOOK_SECRET'] as const) {
      expect(first.proxy[name]).not.toBe(second.proxy[name])
    }
  })

  it('moves the addresses with the ports', () => {
    const { shop, sandboxPort, proxy } = readSettings({
      DEMO_PORT: '1080',
      PAY_PORT: '1787',
      SANDBOX_PORT: '1788',
    })
    expect(shop.url).toBe('http://localhost:1080')
    expect(sandboxPort).toBe(1788)
    expect(proxy).toMatchObject({
      PAY_PUBLIC_URL: 'http://localhost:1787/pay',
      PAY_ORIGINS: 'http://localhost:1080,http://127.0.0.1:1080',
      PAY_WEBHOOK_URL: 'http://127.0.0.1:1080/webhook',
    })
  })

  it('lets the environment win, where it says something', () => {
    const { proxy } = readSettings({
      PAY_PUBLIC_URL: 'https://pay.shop.example',
      PAY_MODE: 'live',
      PAY_SHOP_NAME: '  ',
    })
    expect(proxy).toMatchObject({
      PAY_PUBLIC_URL: 'https://pay.shop.example',
      PAY_MODE: 'live',
      PAY_SHOP_NAME: 'Mistridge Tea',
    })
  })

  it('leaves to the sandbox what the environment does not configure itself', () => {
    const { ownProviders } = readSettings({
      VEXORA_TAIWAN_BASE_URL: 'https://vexora.example',
      VEXORA_CARD_BASE_URL: ' ',
    })
    expect(ownProviders).toEqual(['VEXORA_TAIWAN_'])
  })

  it.each(['DEMO_PORT', 'PAY_PORT', 'SANDBOX_PORT'])('names %s where it is no port', (name) => {
    for (const value of ['x', '0', '65536', '80.5']) {
      expect(() => readSettings({ [name]: value })).toThrow(
        new SettingsError(`${name} must be a port number.`),
      )
    }
  })
})

import { describe, expect, it } from 'vitest'
import { toResponse } from './answer.js'
import { returnPage } from './return-page.js'

describe('the page after the cashier', () => {
  it.each([
    ['zh-TW,zh;q=0.9', 'zh-Hant', '您可以關閉此視窗'],
    ['zh-Hant-HK', 'zh-Hant', '您可以關閉此視窗'],
    ['zh-CN', 'zh-Hans', '您可以关闭此窗口'],
    ['id-ID,id;q=0.9,en;q=0.8', 'id', 'Anda boleh menutup jendela ini'],
    ['fr', 'en', 'You can close this window'],
    [undefined, 'en', 'You can close this window'],
  ])('speaks to a browser of %s in %s', async (accepted, language, words) => {
    const page = await toResponse(returnPage(200, accepted), 'GET').text()
    expect(page).toContain(`<html lang="${language}">`)
    expect(page).toContain(words)
  })
})

import { expect } from 'chai'
import { PayerForm } from '../checkout/payer-form.js'
import { NET_BANKING } from '../testing/payment.js'
import { AccountRows } from './account-rows.js'
import { banks } from './banks.js'

const field = NET_BANKING.fields.find(({ name }) => name === 'bankAccounts')
if (!field) throw new Error('no bank accounts')

describe('bank accounts', () => {
  let form: PayerForm
  let list: AccountRows
  const row = (index = 0) => {
    const found = list.rows[index]
    if (!found) throw new Error(`no row ${index}`)
    return found
  }
  beforeEach(() => {
    form = new PayerForm()
    list = new AccountRows(form, field)
  })

  it('join code and number, zeros kept', () => {
    list.write(row(), 'code', '004')
    list.write(row(), 'account', '0000123456')
    expect(form.values('bankAccounts')).to.deep.equal(['004-0000123456'])
    expect(form.check({ fields: [field] }).faults).to.deep.equal({})
  })

  for (const text of [
    '808-0358988888888',
    '８０８－０３５８９８８８８８８８８',
    ' 808 0358 9888 88888 ',
    '808–0358‑9888−88888',
    '玉山銀行 808-0358988888888',
    '玉山銀行 (808) 0358-9888-88888',
    '玉山商業銀行（８０８）帳號：0358 9888 88888 戶名：王小明',
    '銀行代碼：808\n帳號：0358988888888',
    'E.SUN Bank (808), account 0358988888888',
  ]) {
    it(`fill both inputs from ${JSON.stringify(text)}`, () => {
      expect(list.fill(row(), text)).to.equal(true)
      expect([row().code, row().account]).to.deep.equal(['808', '0358988888888'])
      expect(form.values('bankAccounts')).to.deep.equal(['808-0358988888888'])
    })
  }

  for (const text of [
    '0358988888888',
    '8080358988888888',
    '035-898-8888888',
    '035 8988888888',
    '808-0358',
    '808',
    '808-12345678901234567',
    '808-0358988888888,013-0458988888888',
    '',
  ]) {
    it(`guess nothing from ${JSON.stringify(text)}`, () => {
      expect(list.fill(row(), text)).to.equal(false)
      expect([row().code, row().account]).to.deep.equal(['', ''])
    })
  }

  it('take an unknown code where it is written as one', () => {
    expect(list.fill(row(), '999-0358988888888')).to.equal(true)
    expect(row().code).to.equal('999')
  })

  it('keep a code that was entered, but for a whole account of a known bank', () => {
    list.write(row(), 'code', '808')
    expect(list.fill(row(), '005 898 8888888')).to.equal(false)
    expect(list.fill(row(), '035-8988888888')).to.equal(false)
    expect(list.fill(row(), '(808) 0358 9888 88888')).to.equal(true)
    expect(list.fill(row(), '013-0458988888888')).to.equal(true)
    expect([row().code, row().account]).to.deep.equal(['013', '0458988888888'])
  })

  for (const part of ['code', 'account'] as const) {
    it(`take a whole account typed as the ${part}, and part it when the input is left`, () => {
      list.write(row(), part, '808-0358988888888')
      expect(row()[part]).to.equal('808-0358988888888')
      expect(form.values('bankAccounts')).to.deep.equal(['808-0358988888888'])
      list.tidy(row())
      expect([row().code, row().account]).to.deep.equal(['808', '0358988888888'])
    })
  }

  it('never make a code of an account number’s first digits', () => {
    list.write(row(), 'account', '035 8988888888')
    list.leave(row())
    expect(row().faults).to.deep.equal({ code: 'required' })
    expect(form.check({ fields: [field] }).faults).to.deep.equal({ 'bankAccounts.0': 'format' })
  })

  it('tidy each input by itself', () => {
    list.write(row(), 'code', ' ８０８ ')
    list.write(row(), 'account', '0358-9888 88888')
    list.tidy(row())
    expect([row().code, row().account]).to.deep.equal(['808', '0358988888888'])
  })

  it('lose no digit of what they can not read', () => {
    list.write(row(), 'code', '808-0358')
    list.leave(row())
    expect(row().code).to.equal('808-0358')
    expect(row().faults).to.deep.equal({ code: 'format', account: 'required' })
  })

  it('show faults when an account is left, not before, and none of a blank one', () => {
    list.leave(row())
    list.write(row(), 'account', '12')
    expect(row().faults).to.deep.equal({})
    list.leave(row())
    expect(row().faults).to.deep.equal({ code: 'required', account: 'format' })
  })

  it('take a fault away as soon as it is mended, and show no new one while typing', () => {
    form.show(form.check({ fields: [field] }).faults)
    list.look()
    expect(row().faults).to.deep.equal({ code: 'required', account: 'required' })
    list.write(row(), 'account', '0')
    expect(row().faults).to.deep.equal({ code: 'required' })
    list.write(row(), 'code', '808')
    list.look()
    expect(row().faults).to.deep.equal({})
    list.leave(row())
    expect(row().faults).to.deep.equal({ account: 'format' })
    list.write(row(), 'account', '0358988888888')
    list.write(row(), 'account', '0')
    expect(row().faults).to.deep.equal({})
  })

  it('show what the proxy found, where nothing is wrong here, until it is edited', () => {
    list.fill(row(), '808-0358988888888')
    list.add()
    list.fill(row(1), '013-0458988888888')
    form.show({ 'bankAccounts.1': 'unheard-of' })
    list.look()
    expect([row().faults, row(1).faults]).to.deep.equal([{}, { account: 'told' }])
    list.write(row(1), 'account', '0458988888889')
    list.look()
    expect(row(1).faults).to.deep.equal({})
  })

  it('can be added up to the most that are taken, and removed', () => {
    list.fill(row(), '808-0358988888888')
    for (let number = 2; number <= 5; number += 1) {
      expect(list.isFull).to.equal(false)
      list.add()
    }
    expect(list.isFull).to.equal(true)
    list.fill(row(4), '013-0458988888888')
    list.remove(row(1))
    expect(form.check({ fields: [field] }).payer).to.deep.equal({
      bankAccounts: ['808-0358988888888', '013-0458988888888'],
    })
    expect(list.isFull).to.equal(false)
  })

  it('begin with what the form has', () => {
    form.type(field, ['808-0358-9888', '0458'])
    list = new AccountRows(form, field)
    expect(list.rows.map(({ code, account }) => [code, account])).to.deep.equal([
      ['808', '0358-9888'],
      ['0458', ''],
    ])
  })
})

describe('the banks', () => {
  it('have a code of three digits each, in order, and a name', () => {
    expect(banks.filter(([code, name]) => !/^\d{3}$/.test(code) || !name.trim())).to.deep.equal([])
    const codes = banks.map(([code]) => code)
    expect([...new Set(codes)].sort()).to.deep.equal(codes)
  })

  it('are named as published', () => {
    const names = Object.fromEntries(banks)
    expect([names['004'], names['700'], names['808'], names['822']]).to.deep.equal([
      '臺灣銀行',
      '中華郵政股份有限公司',
      '玉山商業銀行',
      '中國信託商業銀行',
    ])
  })
})

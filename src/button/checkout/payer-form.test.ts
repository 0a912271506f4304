import { expect } from 'chai'
import type { Channel, Field } from '../../contract/offer.js'
import { NET_BANKING, STORE } from '../testing/payment.js'
import { PayerForm } from './payer-form.js'

function fieldOf({ fields }: Channel, name: string): Field {
  const field = fields.find((field) => field.name === name)
  if (!field) throw new Error(`no field ${name}`)
  return field
}

const mobile = fieldOf(STORE, 'mobile')
const email = fieldOf(STORE, 'email')
const address = fieldOf(STORE, 'address')
const bankAccounts = fieldOf(NET_BANKING, 'bankAccounts')

describe('a payer’s form', () => {
  let form: PayerForm
  beforeEach(() => {
    form = new PayerForm()
  })

  it('keeps what was typed over channels, and checks what the channel asks', () => {
    form.type(email, ['wang@example.com'])
    form.type(address, ['台北市'])
    form.type(bankAccounts, ['808-0358988888888', ''])
    expect(form.values('email')).to.deep.equal(['wang@example.com'])
    expect(form.check(NET_BANKING).payer).to.deep.equal({
      email: 'wang@example.com',
      bankAccounts: ['808-0358988888888'],
    })
    expect(form.check(STORE).payer).to.deep.equal({
      email: 'wang@example.com',
      address: '台北市',
    })
  })

  it('has one blank input for what nothing was typed in', () => {
    expect(form.values('bankAccounts')).to.deep.equal([''])
  })

  it('keeps text as it is typed, and tidies it when the field is left', () => {
    form.type(mobile, [' +886 912–345–678'])
    expect(form.values('mobile')).to.deep.equal([' +886 912–345–678'])
    expect(form.leave(mobile)).to.equal(undefined)
    expect(form.values('mobile')).to.deep.equal(['0912345678'])
  })

  it('shows a fault when its field is left, not before, and none of a blank one', () => {
    form.leave(email)
    form.type(mobile, ['12'])
    expect(form.faults).to.deep.equal({})
    expect(form.leave(mobile)).to.equal('format')
    expect(form.faults).to.deep.equal({ mobile: 'format' })
  })

  it('takes a fault away as soon as it is mended, and shows no new one while typing', () => {
    form.show(form.check(STORE).faults)
    expect(Object.keys(form.faults)).to.have.members(STORE.fields.map(({ name }) => name))
    expect(form.faults.mobile).to.equal('required')
    form.type(mobile, ['0'])
    expect(form.faults).not.to.have.property('mobile')
    form.leave(mobile)
    form.type(mobile, ['0912345678'])
    expect(form.faults).not.to.have.property('mobile')
    form.type(mobile, ['091234567'])
    expect(form.faults).not.to.have.property('mobile')
    form.leave(mobile)
    expect(form.faults.mobile).to.equal('format')
  })

  it('keeps the fault that is still there while the payer mends it', () => {
    form.type(mobile, ['12'])
    form.leave(mobile)
    form.type(mobile, ['123'])
    expect(form.faults).to.deep.equal({ mobile: 'format' })
  })

  it('shows what the proxy found until that field is edited', () => {
    form.type(email, ['wang@example.com'])
    form.show({ email: 'unheard-of', 'bankAccounts.1': 'format' })
    form.type(mobile, ['0912345678'])
    expect(form.faults).to.deep.equal({ email: 'unheard-of', 'bankAccounts.1': 'format' })
    form.type(email, ['wang@example.org'])
    expect(form.faults).to.deep.equal({ 'bankAccounts.1': 'format' })
    form.type(bankAccounts, ['', '808-0358988888888'])
    expect(form.faults).to.deep.equal({})
  })

  it('falls silent when anything changes, so that the same news is heard again', () => {
    form.news = 'once'
    form.type(mobile, ['1'])
    expect(form.news).to.equal('')
    form.news = 'once'
    form.show({})
    expect(form.news).to.equal('')
  })
})

import { expect } from 'chai'
import { NET_BANKING, STORE } from '../testing/payment.js'
import { PayerForm } from './payer-form.js'

describe('a payer’s form', () => {
  it('keeps what was typed over channels, and checks what the channel asks', () => {
    const form = new PayerForm()
    form.type('email', ['wang@example.com'])
    form.type('address', ['台北市'])
    form.type('bankAccounts', ['808-0358988888888', ''])
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
    expect(new PayerForm().values('bankAccounts')).to.deep.equal([''])
  })

  it('shows the faults of what was left, then all, then none of them where they are mended', () => {
    const form = new PayerForm()
    form.type('mobile', ['12'])
    expect(form.shownFaults(STORE)).to.deep.equal({})
    form.leave('mobile')
    expect(form.shownFaults(STORE)).to.deep.equal({ mobile: 'format' })
    form.isSent = true
    expect(Object.keys(form.shownFaults(STORE))).to.have.members(
      STORE.fields.map(({ name }) => name),
    )
    form.type('mobile', ['0912345678'])
    expect(form.shownFaults(STORE)).not.to.have.property('mobile')
  })

  it('shows what the proxy found until the payer types', () => {
    const form = new PayerForm()
    form.tell({ email: 'unheard-of' })
    expect(form.shownFaults(STORE)).to.deep.equal({ email: 'unheard-of' })
    form.type('email', ['wang@example.org'])
    expect(form.shownFaults(STORE)).to.deep.equal({})
  })
})

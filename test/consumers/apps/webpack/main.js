import 'pay-button'

const { endpoint, order } = Object.fromEntries(new URLSearchParams(location.search))
const button = document.createElement('pay-button')
const told = document.createElement('p')
told.id = 'told'
Object.assign(button, {
  endpoint,
  order: order ?? (async () => (await fetch('/order')).text()),
})
for (const type of ['pay-open', 'pay-pending', 'pay-success']) {
  button.addEventListener(type, () => told.append(told.textContent ? ' ' : '', type))
}
const trigger = document.createElement('button')
trigger.textContent = 'Check out'
trigger.addEventListener('click', () => button.open())
document.body.append(button, trigger, told)

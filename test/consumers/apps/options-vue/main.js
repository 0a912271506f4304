import { PayButton } from 'pay-button/vue'
import { createApp, h, nextTick, ref, shallowRef } from 'vue'

const shown = shallowRef()
const button = ref()

createApp(() => {
  const { props, slots } = shown.value ?? {}
  const named = Object.entries(slots ?? {}).map(([name, text]) => [name, () => h('b', text)])
  return props && h(PayButton, { ...props, ref: button }, Object.fromEntries(named))
}).mount('#root')

/** What the test plays: a page whose state changes. Without props it shows no button. */
window.show = (props, slots) => {
  shown.value = { props, slots }
  return nextTick()
}
window.held = () => button.value?.element

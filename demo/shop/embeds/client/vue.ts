import { createApp } from 'vue'
import CartForm from './cart-form.vue'

const app = document.querySelector<HTMLElement>('#app')
if (app) {
  const { endpoint, ...words } = app.dataset
  createApp(CartForm, { endpoint, words }).mount(app)
}

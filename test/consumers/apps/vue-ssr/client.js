import { createSSRApp } from 'vue'
import Shop from '../vue/shop-page.vue'

const { endpoint, order } = Object.fromEntries(new URLSearchParams(location.search))
createSSRApp(Shop, { endpoint, order }).mount('#root')

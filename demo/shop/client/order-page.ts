/** The script of an order's page: writes down what the shop's server is told, too. */

import { find, followServer } from './log.js'
import './page-log.js'

const orderStatus = find('order-status')

followServer(location.pathname, find('server-log'), () => {
  orderStatus.textContent = orderStatus.dataset.paid ?? ''
})

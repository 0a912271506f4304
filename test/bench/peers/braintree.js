import { create } from 'braintree-web-drop-in'

export function mount(container, authorization) {
  return create({ container, authorization })
}

const outlet = document.querySelector('#outlet')

/** Puts the view of the address where the last one stood, with a button of its own. */
function show() {
  const wanted = new URLSearchParams(location.search).get('view')
  const views = [...document.querySelectorAll('template')]
  const { content } = views.find(({ id }) => id === wanted) ?? views[0]
  outlet?.replaceChildren(content.cloneNode(true))
  const button = outlet?.querySelector('pay-button')
  if (button) attend(button)
}

/** @param {import('pay-button').PayButton} button */
function attend(button) {
  // On the button itself: once removed it is no longer inside the document.
  button.addEventListener('pay-close', ({ detail }) => {
    document.querySelector('#said')?.replaceChildren(detail.reason)
  })
  document.querySelector('#move')?.addEventListener('click', () => {
    document.querySelector('.place:empty')?.append(button)
  })
  const select = document.querySelector('select')
  select?.addEventListener('change', () => {
    button.order = select.value
  })
}

document.addEventListener('click', (event) => {
  const link = event.target instanceof Element && event.target.closest('a[data-route]')
  if (!(link instanceof HTMLAnchorElement)) return
  event.preventDefault()
  history.pushState(null, '', link.href)
  show()
})
addEventListener('popstate', show)
show()

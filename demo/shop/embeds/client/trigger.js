const button = document.querySelector('pay-button')

// Called inside the click or the key press: later the browser would let no window open.
document.querySelector('#elsewhere')?.addEventListener('click', () => button?.open())

document.addEventListener('keydown', (event) => {
  if (event.key === 'Enter' && event.ctrlKey) button?.open()
})

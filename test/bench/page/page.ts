const TAGS = 'pay-button, google-pay-button, bare-button, lit-button'

/** A shop's page that keeps the place of its button, as shops are told to. */
export function page(script: string, button: string): string {
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>An order</title>
<link rel="icon" href="data:,">
<style>
${TAGS} { min-block-size: 44px; vertical-align: top }
${TAGS.replaceAll(/[\w-]+/g, '$&:not(:defined)')} { display: inline-block }
</style>
<script type="module" src="${script}"></script>
<h1>An order</h1><p>${button}</p><p>What stands below it.</p></html>`
}

import { readFile } from 'node:fs/promises'
import { html } from 'hono/html'
import { type Html, layout, localPath, say, type View } from '../pages/layout.js'
import { logOf } from '../pages/log.js'
import { WORDS as SHOP_WORDS } from '../words.js'
import type { Embed, Scene } from './embed.js'
import { EMBEDS } from './embeds.js'
import { EMBED_WORDS as WORDS } from './words.js'

const CLIENT = new URL('client/', import.meta.url)

/** What there is to see. */
export function indexPage(view: View): Html {
  const title = say(WORDS.ways, view)
  return layout(
    view,
    title,
    html`<h1 class="motto">${title}</h1>
    <ul class="ways">
      ${EMBEDS.map(
        ({ name, title, intro }) => html`<li class="card">
          <h2><a href="${localPath(`/embeds/${name}`, view)}">${say(title, view)}</a></h2>
          <p>${say(intro, view)}</p>
        </li>`,
      )}
    </ul>
    <p><a href="${localPath('/', view)}">← ${say(SHOP_WORDS.back, view)}</a></p>`,
    STYLE,
  )
}

/** One way to embed the button: live, what it told the page, and the code of it. */
export async function embedPage(scene: Scene, embed: Embed): Promise<Html> {
  const { view } = scene
  const title = say(embed.title, view)
  return layout(
    view,
    title,
    html`<h1 class="motto">${title}</h1>
    <p>${say(embed.intro, view)}</p>
    <div class="card live">${await (embed.live ?? embed.markup)(scene)}</div>
    <noscript>${say(SHOP_WORDS.noScript, view)}</noscript>
    <div class="logs">
      ${logOf('page-log', SHOP_WORDS.pageLog, WORDS.pageLogHint, view, '/orders/')}
    </div>
    <form class="again" method="post" action="${localPath(`/embeds/${embed.name}/again`, view)}">
      <button>${say(WORDS.again, view)}</button>
    </form>
    <section class="code">
      <h2>${say(WORDS.code, view)}</h2>
      ${file('index.html', await shownMarkup(scene, embed))}
      ${await Promise.all(embed.sources.map(async (name) => file(name, await source(name))))}
    </section>
    <p><a href="${localPath('/embeds', view)}">← ${say(WORDS.ways, view)}</a></p>`,
    html`${STYLE}<script type="module" src="/client/page-log.js"></script>${head(scene, embed)}`,
  )
}

const STYLE = html`<link rel="stylesheet" href="/embeds.css">`

/** What a merchant's page loads. */
function head({ payUrl }: Scene, { script, style, trustedTypes }: Embed): Html {
  const button = trustedTypes
    ? ''
    : html`
    <script type="module" src="${payUrl}/pay-button.js"></script>`
  const own = style
    ? html`
    <link rel="stylesheet" href="${style}">`
    : ''
  return html`${own}${button}
    <script type="module" src="${script}"></script>
    `
}

function file(name: string, text: string): Html {
  return html`<figure>
    <figcaption><code>${name}</code></figcaption>
    <pre tabindex="0" aria-label="${name}"><code>${text}</code></pre>
  </figure>`
}

/** The very lines that made this page, for a shop with plain references. */
async function shownMarkup({ view }: Scene, embed: Embed): Promise<string> {
  const scene: Scene = {
    view,
    payUrl: 'https://pay.shop.example',
    tokenOf: async (_, quantity = 1) => `A-100${quantity}`,
  }
  const lines = [head(scene, embed), await embed.markup(scene)].map(async (part) =>
    outdented(String(await part)),
  )
  return (await Promise.all(lines)).join('\n\n')
}

function outdented(text: string): string {
  const lines = text.replace(/^\n+|\s+$/g, '').split('\n')
  const depths = lines.filter((line) => line.trim()).map((line) => line.search(/\S/))
  const depth = Math.min(...depths)
  return lines.map((line) => line.slice(depth)).join('\n')
}

/** A file of the page, as it stands. */
async function source(name: string): Promise<string> {
  return (await readFile(new URL(name, CLIENT), 'utf8')).trimEnd()
}

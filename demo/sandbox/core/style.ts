/** The style sheet of every page: one column, light and dark, no fonts or pictures to load. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --page: #eef1f5;
  --card: #fff;
  --line: #d9dee6;
  --text: #16202c;
  --muted: #566274;
  --accent: #0b5fc0;
  --on-accent: #fff;
  --good: #12693a;
  --bad: #a8231c;
  --part: #855000;
  --ribbon: #ffe9a8;
  --on-ribbon: #4a3500;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #0f141b;
    --card: #19212b;
    --line: #303b49;
    --text: #e8edf3;
    --muted: #a3afbf;
    --accent: #7db4ff;
    --on-accent: #06203f;
    --good: #7fd6a2;
    --bad: #ff9b92;
    --part: #f2c46d;
    --ribbon: #4a3a10;
    --on-ribbon: #ffe9a8;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0;
  background: var(--page);
  color: var(--text);
  font: 1rem/1.5 system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', sans-serif;
}
a { color: var(--accent); }
h1, h2, p, dl, dd, ul, pre { margin: 0; }
ul { padding: 0; list-style: none; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
.ribbon { padding: .5rem 1rem; text-align: center; background: var(--ribbon); color: var(--on-ribbon); font-size: .875rem; }
.muted { color: var(--muted); font-size: .875rem; }
main { margin: 0 auto; padding: 1rem; display: grid; gap: 1rem; }

.cashier {
  max-width: 27rem;
  padding: 1.25rem;
  background: var(--card);
}
@media (min-width: 30rem) {
  .cashier { margin-block: 1.25rem; padding: 1.5rem; border: 1px solid var(--line); border-radius: 1rem; }
}
@media (max-width: 29.99rem) {
  body:has(.cashier) { background: var(--card); }
}
.cashier header, .board header { display: flex; justify-content: space-between; align-items: center; gap: .75rem; }
.brand { font-weight: 700; letter-spacing: -.01em; }
.brand span { margin-left: .4rem; font-weight: 400; color: var(--muted); }
.badge { padding: .1rem .6rem; border: 1px solid currentColor; border-radius: 1rem; font-size: .8125rem; white-space: nowrap; color: var(--muted); }
.badge.paid { color: var(--good); }
.badge.refused { color: var(--bad); }
.badge.part-paid { color: var(--part); }
.cashier h1 { font-size: 1.25rem; line-height: 1.2; }
.cashier h1.amount { font-size: 2.25rem; letter-spacing: -.02em; font-variant-numeric: tabular-nums; }
.cashier h1 span { display: block; margin-bottom: .25rem; font-size: .875rem; font-weight: 400; letter-spacing: 0; color: var(--muted); }
dl { border-block: 1px solid var(--line); padding-block: .5rem; }
dl div { display: flex; justify-content: space-between; gap: 1rem; padding-block: .2rem; }
dt { color: var(--muted); white-space: nowrap; }
dd { text-align: right; overflow-wrap: anywhere; font-variant-numeric: tabular-nums; }
.notice { padding: .6rem .8rem; border-left: 4px solid var(--accent); border-radius: .25rem; background: var(--page); }
.notice.warning { border-color: var(--bad); }

form { display: grid; gap: .75rem; }
button, .button {
  min-height: 2.75rem;
  padding: .5rem 1rem;
  border: 1px solid var(--line);
  border-radius: .5rem;
  background: transparent;
  color: inherit;
  font: inherit;
  font-weight: 600;
  text-align: center;
  text-decoration: none;
  cursor: pointer;
}
button:hover, .button:hover { border-color: var(--accent); }
button:disabled { opacity: .5; cursor: not-allowed; }
button.primary { background: var(--accent); border-color: var(--accent); color: var(--on-accent); }
.quiet { border-color: transparent; color: var(--muted); }
fieldset { margin: 0; padding: .5rem 0 0; border: 0; display: grid; gap: .75rem; min-width: 0; }
legend { padding: 0; font-size: .875rem; color: var(--muted); }
.row { display: grid; grid-template-columns: 4.5rem 1fr 8rem; gap: .5rem; align-items: center; }
input:not([type=checkbox]) {
  min-width: 0;
  min-height: 2.75rem;
  padding: .5rem .75rem;
  border: 1px solid var(--line);
  border-radius: .5rem;
  background: var(--page);
  color: inherit;
  font: inherit;
}
.check { display: flex; gap: .6rem; align-items: center; min-height: 2.75rem; }
.check input { width: 1.15rem; height: 1.15rem; margin: 0; accent-color: var(--accent); }

.board { max-width: 52rem; gap: 1.5rem; padding-block: 2rem; }
.board h1 { font-size: 1.5rem; }
.board h2 { font-size: 1.0625rem; }
.board section { display: grid; gap: .5rem; min-width: 0; }
summary { padding-block: .25rem; cursor: pointer; }
details[open] summary { margin-bottom: .5rem; }
pre { padding: .75rem 1rem; white-space: pre-wrap; overflow-wrap: anywhere; border: 1px solid var(--line); border-radius: .5rem; background: var(--card); font-size: .8125rem; }
.empty { padding: 1.5rem; border: 1px dashed var(--line); border-radius: .5rem; text-align: center; color: var(--muted); }
.orders { border: 1px solid var(--line); border-radius: .5rem; background: var(--card); }
.orders li { display: grid; grid-template-columns: 1fr auto; gap: .15rem .75rem; align-items: center; padding: .75rem 1rem; }
.orders li + li { border-top: 1px solid var(--line); }
.orders a { overflow-wrap: anywhere; font-variant-numeric: tabular-nums; }
.orders .badge { justify-self: end; }
@media (max-width: 29.99rem) {
  .orders a, .orders .muted { grid-column: 1 / -1; }
  .orders .badge { grid-row: 2; grid-column: 2; }
}
.orders .amount { font-variant-numeric: tabular-nums; }
@media (min-width: 30rem) { .orders .muted { text-align: right; } }
`

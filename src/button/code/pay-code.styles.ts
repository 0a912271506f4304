import { css } from 'lit'

export const styles = css`
  :host {
    display: grid;
    gap: 1.25rem;
    margin-block-end: 0.625rem;
  }
  p,
  ol {
    margin: 0;
    overflow-wrap: anywhere;
  }
  ol {
    display: grid;
    gap: 0.5rem;
    padding-inline-start: 1.5rem;
  }
  ::marker {
    color: var(--_muted);
    font-weight: 600;
  }
  .label,
  .muted {
    color: var(--_muted);
    font-size: 0.875rem;
  }
  .box {
    display: grid;
    gap: 0.25rem;
    padding: 1.25rem 0.75rem;
    border-radius: var(--_radius);
    background: var(--_tint);
    text-align: center;
    container-type: inline-size;
  }
  /* Sixteen digits in one line on the smallest phone. */
  [part='code'] {
    margin-block-end: 0.5rem;
    font: 700 clamp(1.25rem, 8.5cqi, 2.25rem) / 1.3 ui-monospace, monospace;
    user-select: all;
  }
  [part='code'] span {
    display: inline-block;
    margin-inline: 0.15em;
  }
  [part='countdown'] {
    font-weight: 600;
    font-variant-numeric: tabular-nums;
  }
  .actions {
    display: flex;
    flex-wrap: wrap;
    justify-content: center;
    gap: 0.5rem;
    margin-block-start: 0.75rem;
  }
  button {
    flex: 1;
    min-block-size: 44px;
    padding: 0.5rem 0.75rem;
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    background: var(--_surface);
    color: inherit;
    font: inherit;
    font-weight: 500;
    cursor: pointer;
  }
  button:hover {
    border-color: var(--_muted);
  }
  :focus-visible {
    outline: 2px solid var(--_mark);
    outline-offset: 2px;
  }
  .unseen {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
`

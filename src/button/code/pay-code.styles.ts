import { css } from 'lit'

export const styles = css`
  :host {
    display: grid;
    gap: 1rem;
  }
  p,
  ol {
    margin: 0;
  }
  ol {
    padding-inline-start: 1.25rem;
  }
  .label,
  .muted {
    color: var(--_muted);
    font-size: 0.875rem;
  }
  .box {
    display: grid;
    gap: 0.75rem;
    padding: 1rem;
    border: 1px solid var(--_muted);
    border-radius: var(--_radius);
    text-align: center;
  }
  [part='code'] {
    font: 700 1.75rem / 1.3 ui-monospace, monospace;
    overflow-wrap: anywhere;
    user-select: all;
  }
  [part='code'] span:not(:last-child) {
    margin-inline-end: 0.35em;
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
  }
  button {
    min-block-size: 2.75rem;
    min-inline-size: 6rem;
    padding: 0.5rem 0.75rem;
    border: 1px solid var(--_muted);
    border-radius: var(--_radius);
    background: none;
    color: inherit;
    font: inherit;
    cursor: pointer;
  }
  :focus-visible {
    outline: 2px solid var(--_accent);
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

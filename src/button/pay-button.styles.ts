import { css } from 'lit'

export const styles = css`
  :host {
    display: inline-block;
    font: var(--pay-font, max(1rem, 16px) / 1.5 system-ui);
    --_accent: var(--pay-accent, #1a56db);
    --_radius: var(--pay-radius, 0.5rem);
  }
  * {
    box-sizing: border-box;
  }
  :host([hidden]) {
    display: none;
  }
  button,
  .button,
  .plain {
    min-inline-size: 44px;
    min-block-size: 44px;
    padding: 0.5rem 1rem;
    border: 1px solid transparent;
    border-radius: var(--_radius);
    background: none;
    color: inherit;
    font: inherit;
    cursor: pointer;
  }
  .button {
    display: flex;
    align-items: center;
    justify-content: center;
    gap: 0.5rem;
    inline-size: 100%;
    background: var(--_accent);
    color: var(--pay-on-accent, #fff);
    font-weight: 600;
  }
  small {
    padding-inline: 0.5em;
    border: 1px solid;
    border-radius: var(--_radius);
  }
  :disabled {
    opacity: 0.5;
  }
  :disabled,
  [aria-disabled] {
    cursor: default;
  }
  :focus-visible {
    outline: 2px solid var(--_accent);
    outline-offset: 2px;
  }
  .spinner {
    display: inline-block;
    inline-size: 1rem;
    block-size: 1rem;
    border: 2px solid;
    border-inline-end-color: transparent;
    border-radius: 50%;
  }
  @keyframes turn {
    to {
      rotate: 1turn;
    }
  }
  .unseen {
    position: absolute;
    inline-size: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  dialog {
    inline-size: var(--pay-width, 27rem);
    padding: 1.5rem;
    border: 1px solid transparent;
    border-radius: var(--_radius);
    background: var(--pay-surface, Canvas);
    color: var(--pay-text, CanvasText);
    text-align: start;
  }
  dialog::backdrop {
    background: #0008;
  }
  @media (prefers-reduced-motion: no-preference) {
    .spinner {
      animation: turn 1s linear infinite;
    }
  }
  .close {
    position: absolute;
    inset-block-start: 0.75rem;
    inset-inline-end: 0.75rem;
  }
  @media (max-width: 30rem) {
    dialog {
      inline-size: 100%;
      max-inline-size: none;
      margin-block-end: 0;
    }
  }
`

import { css } from 'lit'

export const styles = css`
  :host {
    display: inline-block;
    --_accent: var(--pay-accent, #1a56db);
    --_on-accent: var(--pay-on-accent, #fff);
    --_surface: var(--pay-surface, Canvas);
    --_text: var(--pay-text, CanvasText);
    --_radius: var(--pay-radius, 0.5rem);
    font: var(--pay-font, 1rem / 1.5 system-ui, sans-serif);
  }
  :host([hidden]) {
    display: none;
  }
  .button {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 0.5em;
    min-block-size: 2.75rem;
    inline-size: 100%;
    padding: 0.5em 1.25em;
    border: 1px solid transparent;
    border-radius: var(--_radius);
    background: var(--_accent);
    color: var(--_on-accent);
    font: inherit;
    font-weight: 600;
    cursor: pointer;
  }
  .button:hover {
    filter: brightness(1.1);
  }
  .button:disabled,
  .button[aria-disabled='true'] {
    cursor: default;
    filter: none;
  }
  .button:disabled {
    opacity: 0.5;
  }
  :focus-visible {
    outline: 2px solid var(--_accent);
    outline-offset: 2px;
  }
  .spinner {
    flex: none;
    inline-size: 1em;
    block-size: 1em;
    border: 2px solid;
    border-inline-end-color: transparent;
    border-radius: 50%;
    animation: turn 1s linear infinite;
  }
  @keyframes turn {
    to {
      rotate: 1turn;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    .spinner {
      animation-duration: 6s;
    }
  }
  .unseen {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  dialog {
    box-sizing: border-box;
    inline-size: min(100%, var(--pay-width, 27rem));
    max-inline-size: none;
    max-block-size: min(100%, 52rem);
    padding: 1.5rem;
    border: 1px solid transparent;
    border-radius: calc(var(--_radius) * 2);
    background: var(--_surface);
    color: var(--_text);
    box-shadow: 0 1rem 3rem #0005;
    overscroll-behavior: contain;
    text-align: start;
  }
  dialog::backdrop {
    background: #0008;
  }
  .close {
    position: absolute;
    inset-block-start: 0.75rem;
    inset-inline-end: 0.75rem;
    min-inline-size: 2.75rem;
    min-block-size: 2.75rem;
    border: 0;
    border-radius: var(--_radius);
    background: none;
    color: inherit;
    font: inherit;
    font-size: 1.25rem;
    cursor: pointer;
  }
  .loading {
    display: flex;
    align-items: center;
    gap: 0.75rem;
    min-block-size: 6rem;
  }
  @media (max-width: 30rem) {
    dialog {
      inline-size: 100%;
      margin-block-end: 0;
      border-end-start-radius: 0;
      border-end-end-radius: 0;
    }
  }
`

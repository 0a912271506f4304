import { css } from 'lit'

export const styles = css`
  dialog {
    --_surface: var(--pay-surface, Canvas);
    --_text: var(--pay-text, CanvasText);
    --_muted: var(--pay-muted, color-mix(in srgb, var(--_text) 68%, var(--_surface)));
    --_danger: var(--pay-danger, color-mix(in srgb, #e5484d 72%, var(--_text)));
    --_line: color-mix(in srgb, var(--_muted) 30%, var(--_surface));
    --_mark: color-mix(in srgb, var(--_accent) 75%, var(--_text));
    --_tint: color-mix(in srgb, var(--_muted) 8%, var(--_surface));
    /* A field that is gone to stands clear of the confirming button. */
    scroll-padding-block: 1.5rem 6rem;
    max-block-size: calc(100dvh - 1.5rem);
    overscroll-behavior: contain;
  }
  /* A sheet from below, clear of the bar that phones draw there. */
  @media (max-width: 30rem) {
    dialog {
      padding: 1.25rem;
      padding-block-end: max(1.25rem, env(safe-area-inset-bottom));
      border-end-start-radius: 0;
      border-end-end-radius: 0;
    }
  }
  @media (prefers-reduced-motion: no-preference) {
    dialog {
      animation: rise 0.25s ease-out;
    }
    .submitting::before {
      animation: turn 1s linear infinite;
    }
  }
  @keyframes rise {
    from {
      translate: 0 1rem;
    }
  }
  :hover:is(.button, .close) {
    background-image: linear-gradient(#0002, #0002);
  }
  h2,
  p,
  fieldset {
    margin: 0;
    overflow-wrap: anywhere;
  }
  [part='header'] {
    padding-block-end: 1.25rem;
    border-block-end: 1px solid var(--_line);
  }
  h2 {
    padding-inline-end: 2.5rem;
    font-size: 1rem;
    font-weight: 600;
  }
  [part='amount'] {
    margin-block: 0.125rem;
    font-size: 2.25rem;
    font-weight: 700;
    line-height: 1.2;
    letter-spacing: -0.02em;
    font-variant-numeric: tabular-nums;
  }
  .muted {
    color: var(--_muted);
    font-size: 0.875rem;
  }
  strong {
    display: inline-block;
    margin-block-start: 0.5rem;
    padding: 0.125rem 0.625rem;
    border: 1px solid;
    border-radius: var(--_radius);
    font-size: 0.875rem;
  }
  .status {
    display: grid;
    gap: 0.5rem;
    margin-block: 1.25rem;
  }
  /* An ending: what happened, and what that means. */
  .status:has(p + p) {
    padding: 1rem;
    border-radius: var(--_radius);
    background: var(--_tint);
  }
  [part='status'] {
    font-weight: 600;
  }
  .status:has(:only-child:empty) {
    margin-block-end: 0;
  }
  .submitting,
  .paid {
    display: flex;
    gap: 0.5rem;
    align-items: center;
  }
  .submitting::before,
  .paid::before {
    flex: none;
    inline-size: 1rem;
    block-size: 1rem;
    border: 2px solid;
    border-inline-end-color: transparent;
    border-radius: 50%;
    content: '';
  }
  .paid::before {
    inline-size: 1.5rem;
    block-size: auto;
    border: 0;
    background: var(--_accent);
    color: var(--pay-on-accent, #fff);
    text-align: center;
    content: '✓' / '';
  }
  .idle,
  .failed,
  [part='fault'] {
    color: var(--_danger);
  }
  form {
    gap: 1.25rem;
  }
  @media (forced-colors: active) {
    .spinner,
    .submitting::before {
      border-inline-end-color: Canvas;
    }
  }
  form,
  fieldset,
  .field,
  .actions {
    display: grid;
    min-inline-size: 0;
  }
  fieldset,
  .actions {
    gap: 0.625rem;
  }
  .field {
    gap: 0.375rem;
  }
  label,
  [part='fault'] {
    font-size: 0.9375rem;
  }
  fieldset {
    padding: 0;
    border: 0;
  }
  legend {
    margin-block-end: 0.625rem;
    padding: 0;
    font-weight: 600;
  }
  .choice,
  .plain,
  [part='input'] {
    border: 1px solid color-mix(in srgb, var(--_muted) 75%, var(--_surface));
    border-radius: var(--_radius);
  }
  .choice,
  .item {
    display: flex;
    align-items: center;
    gap: 0.75rem;
  }
  .choice {
    min-block-size: 3.25rem;
    padding: 0.5rem 1rem;
    font-size: 1rem;
    cursor: pointer;
  }
  .choice,
  .plain {
    border-color: var(--_line);
  }
  :hover:is(.choice, .plain) {
    border-color: var(--_muted);
  }
  .choice:has(:checked) {
    border-color: var(--_mark);
    background: color-mix(in srgb, var(--_accent) 8%, var(--_surface));
    box-shadow: inset 0 0 0 1px var(--_mark);
  }
  .choice .muted {
    margin-inline-start: auto;
    text-align: end;
  }
  [type='radio'] {
    flex: none;
    inline-size: 1.25rem;
    block-size: 1.25rem;
    margin: 0;
    accent-color: var(--_accent);
  }
  .choice:focus-within {
    outline: 2px solid var(--_mark);
    outline-offset: 2px;
  }
  .choice :focus-visible {
    outline: 0;
  }
  :focus-visible {
    outline-color: var(--_mark);
  }
  dialog:focus {
    outline: 0;
  }
  .item {
    align-items: start;
  }
  .item .field {
    flex: 1;
  }
  [part='input'] {
    inline-size: 100%;
    min-block-size: 2.875rem;
    padding-inline: 0.75rem;
    background: var(--_surface);
    color: inherit;
    font: inherit;
  }
  [aria-invalid] {
    border-color: var(--_danger);
    box-shadow: inset 0 0 0 1px var(--_danger);
  }
  .plain {
    font-weight: 500;
  }
  a {
    text-align: center;
    text-decoration: none;
  }
  [part='submit'] {
    min-block-size: 3.25rem;
  }
  /* Stays in sight while the form scrolls below it, where there is room and a ground to hide it. */
  @media (min-height: 32rem) and (forced-colors: none) {
    [part='submit'] {
      position: sticky;
      inset-block-end: max(0rem, env(safe-area-inset-bottom) - 1.25rem);
      box-shadow: 0 0 0 1.75rem var(--_surface);
    }
  }
`

import { css } from 'lit'

export const styles = css`
  dialog {
    --_muted: var(--pay-muted, color-mix(in srgb, CanvasText 68%, Canvas));
    --_danger: var(--pay-danger, color-mix(in srgb, #e5484d 72%, CanvasText));
  }
  h2,
  p,
  fieldset {
    margin: 0;
    overflow-wrap: anywhere;
  }
  h2 {
    padding-inline-end: 3rem;
    font-size: 1rem;
  }
  [part='amount'] {
    font-size: 2rem;
    font-weight: 700;
  }
  .muted {
    color: var(--_muted);
    font-size: 0.875rem;
  }
  .status {
    display: grid;
    gap: 0.5rem;
    margin-block: 1rem;
  }
  [part='status'] {
    font-weight: 600;
  }
  .idle,
  .failed,
  [part='fault'] {
    color: var(--_danger);
  }
  form,
  fieldset,
  .field,
  .actions {
    display: grid;
    gap: 0.75rem;
    min-inline-size: 0;
  }
  .field {
    gap: 0.25rem;
  }
  fieldset {
    padding: 0;
    border: 0;
  }
  legend {
    margin-block-end: 0.5rem;
    padding: 0;
    font-weight: 600;
  }
  .choice,
  .plain,
  [part='input'] {
    border: 1px solid var(--_muted);
    border-radius: var(--_radius);
  }
  .choice,
  .item {
    display: flex;
    align-items: center;
    gap: 0.75rem;
  }
  .choice {
    min-block-size: 2.75rem;
    padding-inline: 0.75rem;
    cursor: pointer;
  }
  .choice .muted {
    margin-inline-start: auto;
  }
  input {
    accent-color: var(--_accent);
  }
  .item {
    flex-wrap: wrap;
    align-items: start;
  }
  .item .field {
    flex: 1 6rem;
  }
  .item .field + .field {
    flex: 2 9rem;
  }
  [part='input'] {
    inline-size: 100%;
    min-block-size: 2.75rem;
    padding-inline: 0.75rem;
    background: var(--pay-surface, Canvas);
    color: inherit;
    font: inherit;
  }
  [aria-invalid] {
    border-color: var(--_danger);
  }
  a {
    text-align: center;
    text-decoration: none;
  }
`

import { css } from 'lit'

export const styles = css`
  dialog {
    --_muted: var(--pay-muted, CanvasText);
    --_danger: var(--pay-danger, #b3261e);
    --_line: var(--pay-muted, GrayText);
  }
  @supports (color: color-mix(in srgb, red, blue)) {
    dialog {
      --_muted: var(--pay-muted, color-mix(in srgb, CanvasText 68%, Canvas));
      --_danger: var(--pay-danger, color-mix(in srgb, #e5484d 72%, CanvasText));
      --_line: var(--pay-muted, color-mix(in srgb, CanvasText 45%, Canvas));
    }
  }
  h2,
  p {
    margin: 0;
    overflow-wrap: anywhere;
  }
  h2 {
    padding-inline-end: 3rem;
    font-size: 1rem;
    font-weight: 600;
  }
  [part='amount'] {
    font-size: 2rem;
    font-weight: 700;
    line-height: 1.25;
  }
  .muted {
    color: var(--_muted);
    font-size: 0.875rem;
  }
  .test {
    margin-block-start: 0.5rem;
    padding: 0.25rem 0.75rem;
    border: 1px dashed;
    border-radius: var(--_radius);
    font-size: 0.875rem;
  }
  [part='status'] {
    margin-block: 1rem;
    font-weight: 600;
  }
  [part='status']:empty {
    margin-block: 0.5rem;
  }
  [part='status'].idle,
  [part='status'].failed,
  [part='fault'] {
    color: var(--_danger);
  }
  form,
  .actions {
    display: grid;
    gap: 1rem;
  }
  .actions {
    margin-block-start: 1rem;
    justify-items: stretch;
    gap: 0.5rem;
  }
  fieldset {
    display: grid;
    gap: 0.5rem;
    min-inline-size: 0;
    margin: 0;
    padding: 0;
    border: 0;
  }
  legend {
    margin-block-end: 0.5rem;
    padding: 0;
    font-weight: 600;
  }
  .choice {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0 0.75rem;
    min-block-size: 2.75rem;
    padding: 0.5rem 0.75rem;
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    cursor: pointer;
  }
  .choice:has(:checked) {
    border-color: var(--_accent);
    box-shadow: inset 0 0 0 1px var(--_accent);
  }
  .choice .muted {
    margin-inline-start: auto;
  }
  [type='radio'] {
    inline-size: 1.25rem;
    block-size: 1.25rem;
    margin: 0;
    accent-color: var(--_accent);
  }
  .field {
    display: grid;
    gap: 0.25rem;
  }
  [part='input'] {
    box-sizing: border-box;
    inline-size: 100%;
    min-block-size: 2.75rem;
    padding: 0.5rem 0.75rem;
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    background: var(--_surface);
    color: inherit;
    font: inherit;
  }
  [aria-invalid] {
    border-color: var(--_danger);
  }
  [part='fault'] {
    font-size: 0.875rem;
  }
  .item {
    display: flex;
    align-items: end;
    gap: 0.5rem;
  }
  .item .field {
    flex: 1;
  }
  .plain {
    min-inline-size: 2.75rem;
    min-block-size: 2.75rem;
    padding: 0.5rem 0.75rem;
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    background: none;
    color: inherit;
    font: inherit;
    text-align: center;
    text-decoration: none;
    cursor: pointer;
  }
  a.button {
    box-sizing: border-box;
    text-decoration: none;
  }
  [part='code'] {
    font: 700 1.5rem ui-monospace, monospace;
  }
`

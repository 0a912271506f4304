import fc from 'fast-check'

/** Any UTF-16, lone surrogates too. */
const anyUtf16 = fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit))

/** What people paste into such fields, and the halves and marks that normalisers trip over. */
const likely = fc.constantFrom(
  ...'0123456789０９',
  ...['886', '00', '+', '＋', '@', '＠', '.', '(', ')', '=', 'a', 'Z', '王', '👩'],
  ...[
    '-',
    '\u2013',
    '\u2212',
    '\uff0d',
    ' ',
    '\u00a0',
    '\u3000',
    '\n',
    '\u200b',
    '\u202a',
    '\ufeff',
  ],
  ...['\udb40', '\udc01', '\ud803', '\udead', '\u0000', '\u0085'],
)

/** Text as a payer, or somebody worse, may send it. */
export const typedText = fc
  .array(fc.oneof({ weight: 4, arbitrary: likely }, anyUtf16, fc.string({ unit: 'binary' })), {
    maxLength: 24,
  })
  .map((parts) => parts.join(''))

import * as z from 'zod'
import { offerSchema } from '../../contract/offer.js'
import {
  createPaymentSchema,
  IDEMPOTENCY_KEY,
  PAYMENT_STATUSES,
  paymentSchema,
} from '../../contract/payment.js'
import { PROBLEMS, type ProblemCode, problemSchema } from '../../contract/problem.js'
import { paymentPageSchema, recordSchema, resolutionSchema } from '../payments/operator-schemas.js'

type Json = Record<string, unknown>

/** Run by the build, so that no schema has to be described while the proxy serves. */
export function describe(): Json {
  return {
    openapi: '3.1.1',
    info: {
      title: 'pay-button proxy',
      version: '1',
      description:
        'What the button, the shop and the providers may ask. Amounts are decimal strings in major ' +
        'units, times ISO 8601 in UTC. Clients ignore members that they do not know.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    tags: [
      {
        name: 'button',
        description: "What the shop's pages ask; `Origin` is one of `PAY_ORIGINS`.",
      },
      { name: 'shop', description: "What the shop's server asks, with `PAY_API_KEY`." },
      { name: 'provider', description: 'What the providers and the payers they send back ask.' },
      { name: 'operation', description: 'What the button loads and what watches over the proxy.' },
    ],
    paths: { ...ofButton, ...ofShop, ...ofProviders, ...ofOperation },
    components: {
      securitySchemes: {
        shop: { type: 'http', scheme: 'bearer', description: '`PAY_API_KEY`.' },
      },
      schemas: {
        Offer: schemaOf(offerSchema),
        CreatePayment: schemaOf(createPaymentSchema),
        Payment: schemaOf(paymentSchema),
        Payments: schemaOf(paymentPageSchema),
        Resolution: schemaOf(resolutionSchema),
        Record: schemaOf(recordSchema),
        Problem: problem(),
      },
    },
  }
}

function schemaOf(schema: z.core.$ZodType): Json {
  // As input: what is read may hold more members than are known.
  const { $schema: _, ...described } = z.toJSONSchema(schema, { io: 'input' })
  return described
}

/** RFC 9457; the contract's own schema has what a client reads of it. */
function problem(): Json {
  const { properties, required, ...others } = schemaOf(problemSchema)
  const text = { type: 'string' }
  return {
    ...others,
    properties: {
      type: { const: 'about:blank' },
      title: text,
      ...(properties as Json),
      code: { enum: Object.keys(PROBLEMS) },
    },
    required: ['type', 'title', 'detail', ...(required as string[])],
  }
}

const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` })
const content = (type: string, schema: Json) => ({ content: { [type]: { schema } } })
const body = (name: string) => ({ required: true, ...content('application/json', ref(name)) })
const answer = (description: string, schema: Json) => ({
  description,
  ...content('application/json', schema),
})
const words = (description: string, type: string) => ({
  description,
  ...content(type, { type: 'string' }),
})

const parameter = (
  where: 'path' | 'query' | 'header',
  name: string,
  description: string,
  schema: Json = { type: 'string' },
) => ({ in: where, name, description, required: where === 'path', schema })

const WAITS = { 'Retry-After': { description: 'Seconds.', schema: { type: 'integer' } } }

/** These problems, and those that any request to the store may come to. */
function problems(...codes: ProblemCode[]): Json {
  return problemResponses([...codes, 'store-unavailable', 'internal'])
}

/** One response for each status. */
function problemResponses(codes: readonly ProblemCode[]): Json {
  const statuses = new Map<number, ProblemCode[]>()
  for (const code of codes) {
    const { status } = PROBLEMS[code]
    statuses.set(status, [...(statuses.get(status) ?? []), code])
    // Who reads a body refuses one of another type than JSON.
    if (code === 'body-too-large') statuses.set(415, ['body-invalid'])
  }
  return Object.fromEntries(
    [...statuses].map(([status, codes]) => [
      status,
      {
        description: codes.map((code) => `\`${code}\``).join(', '),
        ...(status === 429 || status === 503 ? { headers: WAITS } : {}),
        ...content('application/problem+json', {
          allOf: [ref('Problem'), { properties: { code: { enum: codes } } }],
        }),
      },
    ]),
  )
}

const paymentId = parameter('path', 'id', 'Of the payment: unguessable, and the permission to read')
const payment = ref('Payment')

const ofButton = {
  '/orders/{ref}': {
    get: {
      operationId: 'readOffer',
      tags: ['button'],
      summary: 'What an order costs and how it can be paid',
      parameters: [parameter('path', 'ref', 'A plain reference, or an order token')],
      responses: {
        200: answer('The offer', ref('Offer')),
        ...problems(
          'origin-not-allowed',
          'order-token-invalid',
          'order-token-expired',
          'order-not-found',
        ),
      },
    },
  },
  '/payments': {
    post: {
      operationId: 'createPayment',
      tags: ['button'],
      summary: 'Make a payment, once for each key',
      parameters: [
        {
          ...parameter('header', 'Idempotency-Key', 'New for each payment, the same for a retry', {
            type: 'string',
            pattern: IDEMPOTENCY_KEY.source,
          }),
          required: true,
        },
      ],
      requestBody: body('CreatePayment'),
      responses: {
        200: answer('The payment that this key made before', payment),
        201: answer('A payment, also one that the provider refused', payment),
        202: answer("A payment whose provider's answer is not known yet", payment),
        ...problems(
          'origin-not-allowed',
          'body-invalid',
          'body-too-large',
          'idempotency-key-missing',
          'order-token-invalid',
          'idempotency-key-reused',
          'order-token-expired',
          'order-not-found',
          'order-paid',
          'payment-in-progress',
          'amount-changed',
          'channel-not-offered',
          'payer-fields-invalid',
          'provider-unavailable',
          'too-many-payments',
          'payer-ip-limit',
        ),
      },
    },
    get: {
      operationId: 'listPayments',
      tags: ['button', 'shop'],
      summary:
        "With `key` the payment that it made; without, for the shop's server, a page of them",
      security: [{}, { shop: [] }],
      parameters: [
        parameter('query', 'key', "The payment's `Idempotency-Key`"),
        parameter('query', 'order', "The order's own id"),
        parameter('query', 'status', 'Only these', { enum: [...PAYMENT_STATUSES] }),
        parameter('query', 'undelivered', 'Only those that the shop could not be told of', {
          const: '1',
        }),
        parameter('query', 'cursor', '`next` of the page before'),
      ],
      responses: {
        200: answer('A payment; or payments, newest first, and the next cursor', {
          oneOf: [payment, ref('Payments')],
        }),
        ...problems('origin-not-allowed', 'unauthorized', 'body-invalid', 'payment-not-found'),
      },
    },
  },
  '/payments/{id}': {
    get: {
      operationId: 'readPayment',
      tags: ['button'],
      summary: 'A payment: at once, or after it changed',
      parameters: [
        paymentId,
        parameter('query', 'version', 'The version that is known already', { type: 'integer' }),
        parameter('query', 'wait', 'Seconds to wait for another version, 25 at most', {
          type: 'integer',
        }),
      ],
      responses: {
        200: {
          ...answer('The payment; `Retry-After` where there was no room to wait', payment),
          headers: WAITS,
        },
        ...problems('origin-not-allowed', 'payment-not-found'),
      },
    },
  },
}

const security = [{ shop: [] }]

const ofShop = {
  '/payments/{id}/resolve': {
    post: {
      operationId: 'resolvePayment',
      tags: ['shop'],
      summary: "An operator's word on a payment",
      security,
      parameters: [paymentId],
      requestBody: body('Resolution'),
      responses: {
        200: answer('The payment as it now is', payment),
        ...problems(
          'origin-not-allowed',
          'unauthorized',
          'body-invalid',
          'body-too-large',
          'payment-not-found',
        ),
      },
    },
  },
  '/payments/{id}/record': {
    get: {
      operationId: 'readRecord',
      tags: ['shop'],
      summary: 'Everything that changed a payment, and who said so',
      security,
      parameters: [paymentId],
      responses: {
        200: answer('The first change first', ref('Record')),
        ...problems('origin-not-allowed', 'unauthorized', 'payment-not-found'),
      },
    },
  },
  '/payments/{id}/redeliver': {
    post: {
      operationId: 'redeliver',
      tags: ['shop'],
      summary: 'Tell the shop once more what it is owed of a payment',
      security,
      parameters: [paymentId],
      responses: {
        200: answer('The payment', payment),
        ...problems('origin-not-allowed', 'unauthorized', 'payment-not-found'),
      },
    },
  },
}

const HTML = 'text/html'
const PLAIN = 'text/plain'

const comeBack = (method: string) => ({
  operationId: `comeBackBy${method}`,
  tags: ['provider'],
  summary: 'Where the provider sends the payer back to; moves no payment',
  parameters: [paymentId],
  responses: {
    200: words('A page that closes itself or leads to the shop', HTML),
    404: words('A page that says so', HTML),
    503: words('The same page, where the store is down', HTML),
  },
})

const notify = (operationId: string, parameters: Json[]) => ({
  operationId,
  tags: ['provider'],
  summary: 'What a provider says of a payment, in its own form',
  parameters: [
    parameter('path', 'provider', 'Such as `vexora-taiwan`, `paycools`, `chingchingpay`'),
    ...parameters,
  ],
  responses: {
    200: {
      description: "The provider's own acknowledgement, to the letter",
      content: { 'text/*': {}, 'application/json': {} },
    },
    400: words('Not readable', PLAIN),
    401: words('A bad signature', PLAIN),
    404: words('No such address, or a payment that is not ours', PLAIN),
    413: words('Too large', PLAIN),
    500: words('Not processed: tell it again', PLAIN),
    503: words('Not stored: tell it again', PLAIN),
  },
})
const address = parameter('path', 'address', "The random part of that payment's own address")

const ofProviders = {
  '/payments/{id}/return': { get: comeBack('Get'), post: comeBack('Post') },
  '/notifications/{provider}': { post: notify('notify', []) },
  '/notifications/{provider}/{address}': {
    get: notify('notifyAtItsAddressByGet', [address]),
    post: notify('notifyAtItsAddress', [address]),
  },
}

const SCRIPT = 'text/javascript'
const script = (operationId: string, summary: string, parameters: Json[] = []) => ({
  get: {
    operationId,
    tags: ['operation'],
    summary,
    parameters,
    responses: {
      200: words('The script', SCRIPT),
      304: { description: 'The one that is known already (`If-None-Match`)' },
      ...(parameters.length > 0 ? problemResponses(['not-found']) : {}),
    },
  },
})

const state = (operationId: string, summary: string, word: string) => ({
  get: {
    operationId,
    tags: ['operation'],
    summary,
    responses: {
      200: answer('It is', {
        type: 'object',
        properties: { status: { const: word } },
        required: ['status'],
      }),
      ...problems(),
    },
  },
})

const ofOperation = {
  '/pay-button.js': script('loadScript', 'The button, for a script tag'),
  '/pay-button@{version}.js': script(
    'loadVersion',
    'The same in one file, for SRI; its `integrity` is told by `pay-button-proxy check`',
    [parameter('path', 'version', "The package's")],
  ),
  '/healthz': state('health', 'Whether it lives, and its store can be read', 'ok'),
  '/readyz': state('readiness', 'Whether it takes payments: its store can be written', 'ready'),
  '/openapi.json': {
    get: {
      operationId: 'readDescription',
      tags: ['operation'],
      summary: 'This description',
      responses: { 200: answer('OpenAPI 3.1', { type: 'object' }) },
    },
  },
}

import * as z from 'zod'
import { offerSchema } from '../../contract/offer.js'
import { createPaymentSchema, paymentSchema } from '../../contract/payment.js'
import { problemSchema } from '../../contract/problem.js'
import { paymentPageSchema, recordSchema, resolutionSchema } from '../payments/operator-schemas.js'

const schema = (of: z.core.$ZodType) => z.toJSONSchema(of, { target: 'openapi-3.0' })
const body = (name: string, type = 'application/json') => ({
  content: { [type]: { schema: { $ref: `#/components/schemas/${name}` } } },
})
const answer = (description: string, name: string) => ({ description, ...body(name) })
const problem = {
  description: 'A problem of RFC 9457; `code` is stable.',
  ...body('Problem', 'application/problem+json'),
}
const parameter = (where: 'path' | 'query' | 'header', name: string, required: boolean) => ({
  in: where,
  name,
  required,
  schema: { type: 'string' },
})

/** `PAY_API_KEY`: the shop's server, and nobody else. */
const security = [{ shop: [] }]

/** What the button and the shop's server may ask, made from the contract's own schemas. */
export function openApi(publicUrl: string): unknown {
  return {
    openapi: '3.0.3',
    info: { title: 'pay-button proxy', version: '1' },
    servers: [{ url: publicUrl }],
    paths: {
      '/orders/{ref}': {
        get: {
          summary: 'What an order costs and how it can be paid',
          parameters: [parameter('path', 'ref', true)],
          responses: { 200: answer('The offer', 'Offer'), default: problem },
        },
      },
      '/payments': {
        post: {
          summary: 'Make a payment, once for each key',
          parameters: [parameter('header', 'Idempotency-Key', true)],
          requestBody: { required: true, ...body('CreatePayment') },
          responses: {
            200: answer('The payment that this key made before', 'Payment'),
            201: answer('A payment, also one that the provider refused', 'Payment'),
            202: answer("A payment whose provider's answer is not known yet", 'Payment'),
            default: problem,
          },
        },
        get: {
          summary: "With `key` one payment; without, for the shop's server, a page of them",
          parameters: ['key', 'order', 'status', 'undelivered', 'cursor'].map((name) =>
            parameter('query', name, false),
          ),
          responses: {
            200: {
              description: 'A payment, or payments and the next cursor',
              content: {
                'application/json': {
                  schema: {
                    oneOf: [
                      { $ref: '#/components/schemas/Payment' },
                      { $ref: '#/components/schemas/Payments' },
                    ],
                  },
                },
              },
            },
            default: problem,
          },
        },
      },
      '/payments/{id}': {
        get: {
          summary: 'A payment, at once or after it changed',
          parameters: [
            parameter('path', 'id', true),
            parameter('query', 'wait', false),
            parameter('query', 'version', false),
          ],
          responses: { 200: answer('The payment', 'Payment'), default: problem },
        },
      },
      '/payments/{id}/resolve': {
        post: {
          summary: "An operator's word on a payment",
          security,
          parameters: [parameter('path', 'id', true)],
          requestBody: { required: true, ...body('Resolution') },
          responses: { 200: answer('The payment as it now is', 'Payment'), default: problem },
        },
      },
      '/payments/{id}/record': {
        get: {
          summary: 'Everything that changed a payment, and who said so',
          security,
          parameters: [parameter('path', 'id', true)],
          responses: { 200: answer('The first change first', 'Record'), default: problem },
        },
      },
      '/payments/{id}/redeliver': {
        post: {
          summary: 'Tell the shop once more what it is owed of a payment',
          security,
          parameters: [parameter('path', 'id', true)],
          responses: { 200: answer('The payment', 'Payment'), default: problem },
        },
      },
    },
    components: {
      securitySchemes: { shop: { type: 'http', scheme: 'bearer' } },
      schemas: {
        Offer: schema(offerSchema),
        CreatePayment: schema(createPaymentSchema),
        Payment: schema(paymentSchema),
        Resolution: schema(resolutionSchema),
        Record: schema(recordSchema),
        Payments: schema(paymentPageSchema),
        Problem: schema(problemSchema),
      },
    },
  }
}

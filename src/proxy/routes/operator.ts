import type { Context } from 'hono'
import type { Answer } from '../http/answer.js'
import { requireApiKey } from '../http/api-key.js'
import { readJson } from '../http/body.js'
import { json } from '../http/json.js'
import { ProblemError } from '../http/problem.js'
import type { Resource } from '../http/resource.js'
import type { Services } from '../services.js'

/** `POST /payments/{id}/resolve`, `POST /payments/{id}/redeliver`, `GET /payments/{id}/record`. */
export function operatorRoutes(resource: Resource, services: Services): void {
  const { operator } = services
  const idOf = (context: Context) => context.req.param('id') ?? ''
  const route = (
    path: string,
    method: 'GET' | 'POST',
    work: (context: Context) => Promise<unknown>,
  ) =>
    resource(
      path,
      {
        [method]: async (context: Context) => {
          requireApiKey(context.req.header('authorization'), services.settings.apiKeys)
          return json(await work(context))
        },
      },
      () => true,
    )

  route('/payments/:id/resolve', 'POST', async (context) =>
    operator.resolve(idOf(context), await readJson(context.req.raw)),
  )
  route('/payments/:id/redeliver', 'POST', (context) => operator.redeliver(idOf(context)))
  route('/payments/:id/record', 'GET', async (context) => ({
    record: await operator.record(idOf(context)),
  }))
}

/** `GET /payments?order=&status=&undelivered=1&cursor=`: newest first, 100 at a time. */
export async function listPayments(context: Context, services: Services): Promise<Answer> {
  requireApiKey(context.req.header('authorization'), services.settings.apiKeys)
  const { order, status, cursor, undelivered } = context.req.query()
  if (undelivered !== undefined && undelivered !== '1') {
    throw new ProblemError('body-invalid', { detail: 'undelivered is 1, or left out.' })
  }
  const filter = { order, status, cursor, undelivered: undelivered === '1' }
  return json(await services.operator.payments(filter))
}
